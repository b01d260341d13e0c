/** Data-subject categories (LED Art. 6). A smuggled migrant is not a suspect by default. */
export const SUBJECT_CATEGORIES = ['suspect', 'convicted', 'victim', 'witness', 'contact', 'other'] as const;
export type SubjectCategory = (typeof SUBJECT_CATEGORIES)[number];

/** What a statement claims to be (LED Art. 7). */
export const ASSERTIONS = ['fact', 'assessment'] as const;
export type Assertion = (typeof ASSERTIONS)[number];

export const SEIZURE_KINDS = ['boat', 'engine', 'vehicle', 'cash', 'drugs', 'weapon', 'document', 'other'] as const;
export type SeizureKind = (typeof SEIZURE_KINDS)[number];
