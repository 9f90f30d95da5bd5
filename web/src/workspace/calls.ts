// What an agent may do with a call in which state. Pure.
import type { AgentCall } from '../api/desktop-types.js';
import type { IconName } from '../shared/icons.js';

export interface CallAction {
  operation: string;
  label: string;
  icon: IconName;
  /** It needs a number to go to. */
  destination?: boolean;
  kind?: 'primary' | 'danger';
}

const key = (state: string): string => state.toLowerCase();

export const callStates: Record<string, string> = {
  ringing: 'Incoming call', dialing: 'Calling…', established: 'In the call', held: 'On hold', released: 'Ended',
};

export const stateWords = (call: AgentCall): string => callStates[key(call.state)] ?? call.state;
export const isActive = (call: AgentCall): boolean => key(call.state) !== 'released';
export const isRinging = (call: AgentCall): boolean => key(call.state) === 'ringing';

/** @param others further calls of the agent: with one held and one consultation, a transfer can be completed. */
export function actions(call: AgentCall, others: AgentCall[]): CallAction[] {
  const hangUp: CallAction = { operation: 'Hangup', label: isRinging(call) ? 'Decline' : 'Hang up', icon: 'hangUp', kind: 'danger' };
  switch (key(call.state)) {
    case 'ringing':
      return [{ operation: 'Answer', label: 'Answer', icon: 'phone', kind: 'primary' }, hangUp];
    case 'established': {
      const consulting = key(call.callType ?? '') === 'consult' && others.some((other) => key(other.state) === 'held');
      if (consulting) {
        return [
          { operation: 'CompleteTransfer', label: 'Complete transfer', icon: 'transfer', kind: 'primary' },
          { operation: 'CompleteConference', label: 'Join all', icon: 'people' }, hangUp,
        ];
      }
      return [
        { operation: 'Hold', label: 'Hold', icon: 'hold' },
        { operation: 'SingleStepTransfer', label: 'Transfer', icon: 'transfer', destination: true },
        { operation: 'InitiateTransfer', label: 'Consult', icon: 'transfer', destination: true },
        { operation: 'SingleStepConference', label: 'Conference', icon: 'people', destination: true },
        hangUp,
      ];
    }
    case 'held':
      return [{ operation: 'Retrieve', label: 'Back to the call', icon: 'phone', kind: 'primary' }, hangUp];
    case 'dialing':
      return [hangUp];
    default:
      return [];
  }
}

/** Pause and resume, where there is a recording. */
export function recordingAction(call: AgentCall): CallAction | null {
  switch (key(call.recordingState ?? '')) {
    case 'on': case 'recording': case 'resumed': return { operation: 'PauseCallRecording', label: 'Pause recording', icon: 'pause' };
    case 'paused': return { operation: 'ResumeCallRecording', label: 'Resume recording', icon: 'play', kind: 'primary' };
    default: return null;
  }
}
