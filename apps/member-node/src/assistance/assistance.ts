import { AssistanceBody, DrawBody, EmptyBody, type AssistanceContent } from '#contracts';
import { defineSystem } from '../systems/system.ts';
import { deliver, draw, pledge, putInUse, retire } from './assistance.decide.ts';

/** Help that this member gives another: equipment, and money that is drawn on. */
export const assistance = defineSystem<AssistanceContent, AssistanceBody>({
  kind: 'assistance',
  path: 'assistance',
  category: 'assistance',
  body: AssistanceBody,
  members: ['receiver'],
  summary: 'Pledge equipment or money to another member',
  released: 'accord.assistance.assistance-released.v1',
  content: pledge,
  transitions: [
    {
      name: 'deliver',
      fact: 'delivered',
      event: 'accord.assistance.assistance-delivered.v1',
      body: EmptyBody,
      summary: 'It was handed over',
      decide: deliver,
    },
    {
      name: 'draw',
      fact: 'drawn',
      event: 'accord.assistance.assistance-drawn.v1',
      body: DrawBody,
      summary: 'Money was drawn on it, never more than was pledged',
      decide: draw,
      answer: ({ drawn }) => ({ drawn }),
    },
    {
      name: 'put-in-use',
      fact: 'put-in-use',
      event: 'accord.assistance.assistance-put-in-use.v1',
      body: EmptyBody,
      summary: 'Its equipment is used',
      decide: putInUse,
    },
    {
      name: 'retire',
      fact: 'retired',
      event: 'accord.assistance.assistance-retired.v1',
      body: EmptyBody,
      summary: 'It is used no more, or nothing more is drawn on it',
      decide: retire,
    },
  ],
});
