// What the API says of agents, their PCs and their desktops.
import type { Role } from './types.js';

export interface Agent {
  agentId: string;
  userName: string;
  firstName?: string | null;
  lastName?: string | null;
  dn?: string | null;
  roles: Role[];
  recordingWhen?: string | null;
  recordAfterCallWork?: boolean | null;
  /** Present where the server knows them. */
  agentState?: string | null;
  deviceId?: string | null;
  registered?: boolean | null;
}

export interface Device {
  deviceId: string;
  hostName?: string | null;
  platform?: string | null;
  version?: string | null;
  connected?: boolean | null;
  agentId?: string | null;
  problem?: string | null;
  health?: DeviceHealth | null;
}

/** What a PC last said of itself. */
export interface DeviceHealth {
  clockOffsetUs: number;
  spoolBytes: number;
  diskFreeBytes: number;
  framesDropped: number;
  cpuSeconds: number;
}

export interface AgentCall {
  id: string;
  callUuid?: string | null;
  state: string;
  callType?: string | null;
  otherDn?: string | null;
  recordingState?: string | null;
  startTime?: string | null;
}

export interface ScreenStatus {
  state: 'recording' | 'paused' | 'off' | 'unavailable';
  captureId?: string | null;
  reason?: string | null;
  deviceId?: string | null;
  /** A supervisor sees the screen now. */
  watched?: boolean | null;
}

export interface DesktopState {
  agentState: string;
  dn?: string | null;
  calls: AgentCall[];
  screen: ScreenStatus;
}
