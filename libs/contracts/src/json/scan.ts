import { segment } from '../validation/pointer.ts';

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** What a JSON text has that is against the grammar, or a name that stands twice in one object; null where neither. */
export type TextFlaw = { kind: 'syntax'; offset: number } | { kind: 'duplicate'; path: string } | null;

interface Frame {
  /** Names seen so far; null in an array. */
  names: Set<string> | null;
  /** The name or index of the value being read. */
  at: string | number;
}

/**
 * Reads a JSON text again, slowly, to say where it is wrong: JSON.parse doesn't tell the place of every error, and keeps
 * silent about a name given twice. Only for texts already known to be wrong; iterative, so that no nesting breaks it.
 */
export function findTextFlaw(text: string): TextFlaw {
  return new Scanner(text).run();
}

class Scanner {
  private readonly stack: Frame[] = [];
  private offset = 0;

  constructor(private readonly text: string) {}

  run(): TextFlaw {
    for (;;) {
      const flaw = this.openValue();
      if (flaw !== 'read') {
        if (flaw === 'opened') continue;
        return flaw;
      }
      const after = this.closeAll();
      if (after !== 'next') return after;
    }
  }

  /** Reads the start of a value: a whole scalar, an empty container, or the way into one that isn't empty. */
  private openValue(): 'read' | 'opened' | Exclude<TextFlaw, null> {
    const bracket = this.peek();
    if (bracket === '{' || bracket === '[') return this.openContainer(bracket === '{');
    return this.match(STRING) !== null || this.match(SCALAR) ? 'read' : this.syntax();
  }

  private openContainer(isObject: boolean): 'read' | 'opened' | Exclude<TextFlaw, null> {
    this.offset += 1;
    if (this.peek() === (isObject ? '}' : ']')) {
      this.offset += 1;
      return 'read';
    }
    this.stack.push({ names: isObject ? new Set() : null, at: 0 });
    return isObject ? (this.readName() ?? 'opened') : 'opened';
  }

  /** After a value: a comma leads to the next, a bracket ends its container, which is a value itself. */
  private closeAll(): 'next' | TextFlaw {
    for (;;) {
      const frame = this.stack.at(-1);
      const mark = this.peek();
      if (!frame) return mark === '' ? null : this.syntax();
      if (mark === ',') return this.nextIn(frame);
      if (mark !== (frame.names ? '}' : ']')) return this.syntax();
      this.offset += 1;
      this.stack.pop();
    }
  }

  private nextIn(frame: Frame): 'next' | Exclude<TextFlaw, null> {
    this.offset += 1;
    if (frame.names) return this.readName() ?? 'next';
    frame.at = Number(frame.at) + 1;
    return 'next';
  }

  private readName(): Exclude<TextFlaw, null> | null {
    const frame = this.stack.at(-1)!;
    this.peek();
    const raw = this.match(STRING);
    if (raw === null) return this.syntax();
    frame.at = JSON.parse(raw) as string;
    if (this.peek() !== ':') return this.syntax();
    this.offset += 1;
    if (frame.names!.has(frame.at)) return { kind: 'duplicate', path: this.stack.map((f) => segment(f.at)).join('') };
    frame.names!.add(frame.at);
    return null;
  }

  /** Skips white space; the character that follows, '' at the end. */
  private peek(): string {
    this.match(SPACE);
    return this.text.charAt(this.offset);
  }

  private match(pattern: RegExp): string | null {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text);
    if (found) this.offset = pattern.lastIndex;
    return found ? found[0] : null;
  }

  private syntax(): { kind: 'syntax'; offset: number } {
    return { kind: 'syntax', offset: this.offset };
  }
}
