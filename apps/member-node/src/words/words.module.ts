import { Module } from '@nestjs/common';
import { AcknowledgeController } from './give-word/acknowledge.controller.ts';
import { GiveWordHandler } from './give-word/give-word.handler.ts';
import { PermissionsController } from './give-word/permissions.controller.ts';

/** What this member says of notices, and of permissions that it asks for or is asked for. */
@Module({ controllers: [AcknowledgeController, PermissionsController], providers: [GiveWordHandler] })
export class WordsModule {}
