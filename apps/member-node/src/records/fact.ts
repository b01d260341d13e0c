/**
 * What a decision answers. `record` is whose key seals it (a stream may hold several records: a report and its tear
 * line). `data` stays readable for ever and holds nothing of a person; `sealed` is ciphertext wherever it is kept, and
 * gone once the record's key is.
 */
export interface Fact<Type extends string = string, Data extends object = object, Sealed extends object = object> {
  type: Type;
  record: string;
  data: Data;
  sealed: Sealed;
}

/** Makes a fact without spelling its four fields. */
export const fact = <Type extends string, Data extends object, Sealed extends object>(
  type: Type,
  record: string,
  data: Data,
  sealed: Sealed,
): Fact<Type, Data, Sealed> => ({ type, record, data, sealed });
