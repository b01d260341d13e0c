import { Type } from '@sinclair/typebox';
import { AgreeHubBody, EmptyBody, HubTalksBody, ReasonBody } from '#contracts';
import type { Holding, RecordModule } from '../records/record-module.ts';
import type { SystemState } from '../systems/state.ts';
import { openContent } from '../systems/system.decide.ts';
import { defineSystem } from '../systems/system.ts';
import * as decide from './hub-talks.decide.ts';
import type { HubTalks } from './hub-talks.decide.ts';

/** Which return a place is booked for, or given back. */
const PlaceBody = Type.Object({ case: Type.String({ format: 'uuid' }) }, { additionalProperties: false });
type PlaceBody = { case: string };

/** Talks of this member with countries about hubs, and the hubs' places. A hub has the id of its talks. */
export const hubTalks = defineSystem<HubTalks, HubTalksBody>({
  kind: 'hub-talks',
  path: 'hub-talks',
  category: 'return',
  body: HubTalksBody,
  summary: 'Propose talks with a country about a hub there',
  released: 'accord.returns.hub-talks-proposed.v1',
  content: decide.propose,
  leaves: ({ country, stage, places }) => ({ country, stage, ...(places !== undefined && { places }) }),
  transitions: [
    {
      name: 'start',
      fact: 'started',
      event: 'accord.returns.hub-talks-started.v1',
      body: EmptyBody,
      summary: 'The talks have begun',
      decide: (now) => decide.start(now),
    },
    {
      name: 'agree',
      fact: 'agreed',
      event: 'accord.returns.hub-talks-agreed.v1',
      allRoles: ['publisher', 'supervisor'],
      body: AgreeHubBody,
      summary: 'The talks end in a hub with so many places',
      decide: (now, body) => decide.agree(now, (body as AgreeHubBody).places),
      answer: (_, id) => ({ hub: id }),
    },
    {
      name: 'decline',
      fact: 'declined',
      event: 'accord.returns.hub-talks-declined.v1',
      body: ReasonBody,
      summary: 'The talks end in nothing; the reason stays at this node',
      decide: (now, body) => decide.decline(now, (body as ReasonBody).reason),
    },
    {
      name: 'book',
      fact: 'place-booked',
      event: null,
      internal: true,
      body: PlaceBody,
      summary: 'A place for the person of a return',
      decide: (now, body) => decide.book(now, (body as PlaceBody).case),
    },
    {
      name: 'leave',
      fact: 'place-left',
      event: null,
      internal: true,
      body: PlaceBody,
      summary: 'A place is free again',
      decide: (now, body) => decide.leave(now, (body as PlaceBody).case),
    },
  ],
});

/** A place in a hub, held by a return. */
export const placeIn = (hub: string, of: string): Holding => ({
  module: hubTalks.record as RecordModule,
  id: hub,
  giveBack: (state) => ({
    type: 'change',
    fact: 'place-left',
    content: decide.leave(openContent(hubTalks.kind, state as SystemState<HubTalks>), of),
    shield: [],
  }),
});
