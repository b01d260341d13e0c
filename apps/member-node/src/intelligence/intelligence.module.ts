import { Module } from '@nestjs/common';
import { AmendReportController } from './amend-report/amend-report.controller.ts';
import { AmendReportHandler } from './amend-report/amend-report.handler.ts';
import { EraseReportController } from './erase-report/erase-report.controller.ts';
import { EraseReportHandler } from './erase-report/erase-report.handler.ts';
import { ReadReportsController } from './read-reports/read-reports.controller.ts';
import { RecallReportController } from './recall-report/recall-report.controller.ts';
import { RecallReportHandler } from './recall-report/recall-report.handler.ts';
import { ReleaseReportController } from './release-report/release-report.controller.ts';
import { ReleaseReportHandler } from './release-report/release-report.handler.ts';
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
    RecallReportController,
    EraseReportController,
    ReadReportsController,
  ],
  providers: [
    SubmitReportHandler,
    ReleaseReportHandler,
    AmendReportHandler,
    RecallReportHandler,
    EraseReportHandler,
    Statements,
    ReportIntake,
    Submissions,
    Batch,
  ],
})
export class IntelligenceModule {}
