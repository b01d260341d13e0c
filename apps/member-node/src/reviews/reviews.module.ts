import { Module } from '@nestjs/common';
import { ReviewsController } from './reviews.controller.ts';

/** What is to be looked at again before it expires. */
@Module({ controllers: [ReviewsController] })
export class ReviewsModule {}
