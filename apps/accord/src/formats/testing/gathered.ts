import { byName } from '../counts.ts';
import { cellsOf, type Format, type NumberedLine, type Release } from '../format.ts';

/** What becomes of a file: bodies and rejections by line. */
export const gathered = async (format: Format, [header, ...lines]: string[], own: object[] = [], to?: Release) => {
  const gathering = format.gather!();
  const columns = cellsOf(header!);
  const out: unknown[] = [];
  const tell = (line: number, { errors }: { errors: { path: string; rule: string; message: string }[] }) =>
    errors.forEach(({ path, rule, message }) => out.push([line, path, rule, message]));
  for (const [n, text] of lines.entries()) {
    const errors = gathering.add(byName(columns, cellsOf(text)), n + 2);
    if (errors) tell(n + 2, { errors });
  }
  const records = async function* () {
    yield* own as Record<string, unknown>[];
  };
  for await (const one of gathering.bodies(to, records) as AsyncIterable<NumberedLine>) {
    if ('errors' in one) tell(one.line, one);
    else out.push([one.line, JSON.parse(one.body)]);
  }
  return out;
};
