// Lowest and highest sample of each step of a 16-bit stereo WAV file, as the server's peaks have them.
import { readFileSync } from 'node:fs';

export function peaksOf(path, samplesPerPeak) {
  const bytes = readFileSync(path), start = bytes.indexOf('data') + 8, rate = bytes.readUInt32LE(24);
  const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + start, bytes.byteOffset + start + ((bytes.length - start) & ~3)));
  const channels = [[], []];
  for (let i = 0; i < samples.length; i += 2 * samplesPerPeak) {
    for (const channel of [0, 1]) {
      let low = 32767, high = -32768;
      for (let k = i + channel; k < Math.min(samples.length, i + 2 * samplesPerPeak); k += 2) {
        low = Math.min(low, samples[k]);
        high = Math.max(high, samples[k]);
      }
      channels[channel].push(low, high);
    }
  }
  return { samplesPerPeak, rate, channels };
}
