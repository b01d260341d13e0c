export { readThresholds, THRESHOLDS_PATTERN } from './dna/thresholds.ts';
export {
  createJointViews,
  type JointViews,
  type JointViewsConfig,
  type JointViewsParts,
} from './create-joint-views.ts';
export type { IntakeSide } from './intake/create-intake.ts';
