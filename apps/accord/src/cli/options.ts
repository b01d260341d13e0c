import { InvalidArgumentError, Option } from 'commander';
import {
  CLASSIFICATIONS,
  isStateCode,
  PURPOSES,
  ROLES,
  type Classification,
  type Purpose,
  type Role,
} from '#contracts';

export const dataOption = () =>
  new Option('--data <dir>', 'the data directory of the started product (default: $ACCORD_HOME or .accord)');
export const jsonOption = () => new Option('--json', 'one JSON document on stdout, for scripts');

const listOf =
  <T extends string>(known: readonly T[], word: string) =>
  (value: string): T[] => {
    const items = value.split(',').map((item) => item.trim());
    const stranger = items.find((item) => !known.includes(item as T));
    if (stranger !== undefined)
      throw new InvalidArgumentError(`"${stranger}" is no ${word}. Known: ${known.join(', ')}.`);
    return items as T[];
  };

export const parseRoles: (value: string) => Role[] = listOf(ROLES, 'role');
export const parsePurposes: (value: string) => Purpose[] = listOf(PURPOSES, 'purpose');

export const parseClearance = (value: string): Classification => {
  const found = CLASSIFICATIONS.find((c) => c === value);
  if (!found) throw new InvalidArgumentError(`Known: ${CLASSIFICATIONS.join(', ')}.`);
  return found;
};

export const parseName = (value: string): string => {
  if (value.trim() === '') throw new InvalidArgumentError('The log must be able to name them.');
  return value;
};

export const parseMember = (value: string): string => {
  if (!/^[A-Z]{2}$/.test(value)) throw new InvalidArgumentError('A member is two capital letters, such as GB.');
  return value;
};

/** One that may not be a member yet: only a state can become one. */
export const parseNewcomer = (value: string): string => {
  if (!isStateCode(parseMember(value)))
    throw new InvalidArgumentError('Only a country can be a member, by its two capital letters of ISO 3166-1, or XK.');
  return value;
};

export const parseMembers = (value: string): string[] => value.split(',').map((code) => parseMember(code.trim()));

export const parseAudience = (value: string): string[] | 'TASK_FORCE' =>
  value === 'TASK_FORCE' ? value : parseMembers(value);
