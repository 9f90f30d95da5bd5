/** Mute and volume per channel of one audio element. The element plays by itself, in its best timing, until a channel is
 * first touched; only then is it routed through Web Audio (which cannot be undone for an element). */
export class ChannelMixer {
  private context: AudioContext | null = null;
  private gains: GainNode[] = [];

  constructor(private readonly audio: HTMLMediaElement) {}

  /** @param channel 0 or 1. @param volume 0…1. */
  set(channel: number, volume: number): void {
    if (!this.context) {
      if (volume === 1) return;
      this.connect();
    }
    this.gains[channel]!.gain.setTargetAtTime(volume, this.context!.currentTime, 0.01);
    this.resume();
  }

  /** A browser may hold the context until the user has done something. */
  resume(): void {
    if (this.context?.state === 'suspended') void this.context.resume();
  }

  /** How much later than the element's clock the listener hears it. The element itself accounts for the device only
   * while it plays without Web Audio. */
  get delayMs(): number {
    if (!this.context) return 0;
    const seconds = (this.context.baseLatency || 0) + (this.context.outputLatency || 0);
    return Math.min(300, seconds * 1000);
  }

  close(): void {
    void this.context?.close();
    this.context = null;
  }

  private connect(): void {
    const context = new AudioContext({ latencyHint: 'playback' });
    const splitter = context.createChannelSplitter(2);
    const merger = context.createChannelMerger(2);
    context.createMediaElementSource(this.audio).connect(splitter);
    this.gains = [0, 1].map((channel) => {
      const gain = context.createGain();
      splitter.connect(gain, channel).connect(merger, 0, channel);
      return gain;
    });
    merger.connect(context.destination);
    this.context = context;
  }
}
