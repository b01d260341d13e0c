export { EntityContent, ReportContent } from './report-content.ts';
export { reportAmended } from './report-amended.ts';
export { reportReleased } from './report-released.ts';
