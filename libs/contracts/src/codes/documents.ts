export const DOCUMENT_TYPES = ['passport', 'id-card', 'residence-permit', 'visa', 'driving-licence', 'other'] as const;
export type DocumentType = (typeof DOCUMENT_TYPES)[number];

/** Why a document is not to be honoured. */
export const DOCUMENT_STATUSES = ['lost', 'stolen', 'revoked', 'forged'] as const;
export type DocumentStatus = (typeof DOCUMENT_STATUSES)[number];
