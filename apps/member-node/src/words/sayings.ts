import { EmptyBody, GrantBody, PermissionRequestBody, RefuseBody } from '#contracts';
import { defineSaying } from './saying.ts';

const category = 'intelligence';
const ofRequest = (request: string, body: object) => ({ request, ...body });

/** This member took note of a notice of the joint views. */
export const acknowledgement = defineSaying({
  saying: 'acknowledge',
  path: 'notices/:id/acknowledge',
  roles: ['publisher', 'supervisor'],
  category,
  event: 'accord.records.notice-acknowledged.v1',
  body: EmptyBody,
  content: (notice) => ({ notice }),
  once: true,
  summary: 'This member took note of a notice of the joint views; once is enough',
});

/** Leave from H1 and H2: asked at the own node, answered at the originator's. */
export const permissions = [
  defineSaying<PermissionRequestBody>({
    saying: 'request',
    path: 'permission-requests',
    category,
    event: 'accord.permissions.permission-requested.v1',
    body: PermissionRequestBody,
    content: (_, body) => body,
    once: false,
    summary: "Asks the originator of another member's record for leave from a handling code",
  }),
  defineSaying<GrantBody>({
    saying: 'grant',
    path: 'permission-requests/:id/grant',
    roles: ['supervisor'],
    category,
    event: 'accord.permissions.permission-granted.v1',
    body: GrantBody,
    toCome: ['until'],
    content: ofRequest,
    once: false,
    summary: "The originator's leave, until when; its last answer stands",
  }),
  defineSaying<RefuseBody>({
    saying: 'refuse',
    path: 'permission-requests/:id/refuse',
    roles: ['supervisor'],
    category,
    event: 'accord.permissions.permission-refused.v1',
    body: RefuseBody,
    content: ofRequest,
    once: false,
    summary: "The originator's refusal, or the end of what it granted",
  }),
  defineSaying<object>({
    saying: 'withdraw',
    path: 'permission-requests/:id/withdraw',
    category,
    event: 'accord.permissions.permission-withdrawn.v1',
    body: EmptyBody,
    content: ofRequest,
    once: true,
    summary: 'Takes an own request back, and with it what was granted',
  }),
];
