import { Module } from '@nestjs/common';
import { OnboardingController } from './onboarding.controller.ts';

@Module({ controllers: [OnboardingController] })
export class OnboardingModule {}
