import { Module } from '@nestjs/common';
import { endControllers } from '../http/end.controllers.ts';
import { readController } from '../http/read.controller.ts';
import { AmendReportController } from './amend-report/amend-report.controller.ts';
import { AmendReportHandler } from './amend-report/amend-report.handler.ts';
import { reportDetail, reportItem } from './read-reports/report-view.ts';
import { ReleaseReportController } from './release-report/release-report.controller.ts';
import { ReleaseReportHandler } from './release-report/release-report.handler.ts';
import { reports } from './report.record.ts';
import { Statements } from './statements.service.ts';
import { Batch } from './submit-batch/batch.ts';
import { SubmitBatchController } from './submit-batch/submit-batch.controller.ts';
import { ReportIntake } from './submit-report/report-intake.ts';
import { Submissions } from './submit-report/submissions.ts';
import { SubmitReportController } from './submit-report/submit-report.controller.ts';
import { SubmitReportHandler } from './submit-report/submit-report.handler.ts';

/** Reports: what a member knows, and what it lets others know. */
@Module({
  controllers: [
    SubmitReportController,
    SubmitBatchController,
    ReleaseReportController,
    AmendReportController,
    ...endControllers('reports', reports),
    readController('reports', reports, { item: reportItem, detail: reportDetail }),
  ],
  providers: [
    SubmitReportHandler,
    ReleaseReportHandler,
    AmendReportHandler,
    Statements,
    ReportIntake,
    Submissions,
    Batch,
  ],
})
export class IntelligenceModule {}
