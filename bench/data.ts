import type { EntityContent, ReportContent } from '#contracts';
import type { Random } from './random.ts';

const GIVEN = ['Arben', 'Besa', 'Dritan', 'Elira', 'Fatos', 'Jehona', 'Luan', 'Mimoza', 'Naim', 'Vlora', 'Хоџа', 'Ana'];
const FAMILY = ['Shembulli', 'Provuesi', 'Testani', 'Mostrici', 'Пример', 'Sample', 'Modeli', 'Trajtuesi'];
const PLACES = ['Durrës', 'Dover', 'Prizren', 'Kumanovo', 'Bar', 'Calais', 'Vlorë', 'Dunkirk'];
const WORDS = 'boats engines route harbour transfer cash driver safe house phone lorry crossing night payment'.split(
  ' ',
);
const NATIONALITIES = ['al', 'xk', 'gb', 'mk', 'me', 'sy', 'iq'];
const FIRST_DAY = Date.UTC(2020, 0, 1);

const sentence = (random: Random, words: number): string =>
  Array.from({ length: words }, () => random.pick(WORDS)).join(' ');
const person = (random: Random): string => `${random.pick(GIVEN)} ${random.pick(FAMILY)} ${random.below(50_000)}`;
const year = (random: Random): string => String(1950 + random.below(55));

/** Content as nodes release it, of fictional people: what a generator makes of a seed. */
export class Reports {
  #made = 0;

  constructor(
    private readonly random: Random,
    /** Whose entities they are. */
    private readonly member: string,
  ) {}

  /** A UUIDv7 a second after the one before. */
  id(): string {
    this.#made += 1;
    return this.random.uuid(FIRST_DAY + this.#made * 1000);
  }

  /** A report on one to four people and things, and how they belong together. */
  next(): ReportContent {
    const { random } = this;
    const people = Array.from({ length: 1 + random.below(3) }, () => this.#person());
    const others = [this.#organization(), ...(random.chance(0.4) ? [this.#vehicle()] : [])];
    const links = people.map((one) => this.#membership(one, others[0]!));
    return {
      title: `${random.pick(PLACES)}: ${sentence(random, 6)}`,
      grading: { scheme: '3x5x2', source: '2', information: 'B', handling: 'P' },
      legalBasis: 'Immigration Act 1971 s.25',
      ...(random.chance(0.3) && { handlingText: sentence(random, 12) }),
      entities: [...people, ...others, ...links],
    };
  }

  #entity(schema: string, properties: Record<string, string[]>, more: Partial<EntityContent> = {}): EntityContent {
    const assertion = this.random.chance(0.7) ? 'fact' : 'assessment';
    return { id: `${this.member}:${this.id()}`, schema, properties, assertion, ...more };
  }

  #person(): EntityContent {
    const { random } = this;
    const properties = {
      name: [person(random), ...(random.chance(0.3) ? [person(random)] : [])],
      birthDate: [year(random)],
      nationality: [random.pick(NATIONALITIES)],
      ...(random.chance(0.3) && { passportNumber: [`P${random.below(10_000_000)}`] }),
      ...(random.chance(0.3) && { phone: [`+355 69 ${random.below(10_000_000)}`] }),
      ...(random.chance(0.2) && { notes: [sentence(random, 25)] }),
    };
    return this.#entity('Person', properties, { subjectCategory: random.pick(['suspect', 'witness', 'victim']) });
  }

  #organization(): EntityContent {
    return this.#entity('Organization', { name: [`Rrjeti ${sentence(this.random, 2)} ${this.random.below(5000)}`] });
  }

  #vehicle(): EntityContent {
    const registrationNumber = [`AA ${this.random.below(1000)} XX`];
    return this.#entity('Vehicle', { name: ['Van'], registrationNumber, type: ['van'] });
  }

  #membership(member: EntityContent, organization: EntityContent): EntityContent {
    const properties = { member: [member.id], organization: [organization.id], role: [sentence(this.random, 1)] };
    return this.#entity('Membership', properties);
  }
}
