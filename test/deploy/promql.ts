const WORDS = new Set(['and', 'or', 'unless', 'bool', 'by', 'without', 'on', 'ignoring', 'offset']);

/** The metrics and labels that an expression names, of the plain PromQL that boards and alerts are written in. */
export const namesIn = (expression: string): { metrics: string[]; labels: string[] } => {
  const labels: string[] = [];
  const note = (text: string): string => {
    labels.push(...(text.match(/[a-z_]\w*/gi) ?? []));
    return ' ';
  };
  const bare = expression
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\{([^}]*)\}/g, (_, matchers: string) => note(matchers))
    .replace(/\[[^\]]*\]/g, ' ')
    .replace(/\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/g, (_, list: string) => note(list));
  const metrics = [...bare.matchAll(/[a-z_:][\w:]*(?!\w)(\s*\()?/gi)]
    .filter(([name, call]) => call === undefined && !WORDS.has(name))
    .map(([name]) => name);
  return { metrics: [...new Set(metrics)], labels: [...new Set(labels)] };
};
