// Makes the mock server's media with ffmpeg and espeak-ng, once, into artifacts/web-mock: voices that speak in turn and
// screens that show the time since their start, as digits and as 16 squares (most significant first, tenths of a second).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

const run = (program, args) => {
  const done = spawnSync(program, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr || done.error}`);
};

const lines = {
  agent: ['Good morning, this is the service desk, how can I help you?', 'Thank you. I am opening your order now.',
    'I see it. The parcel left our house yesterday evening.', 'I will send you the address of the tracking page.'],
  customer: ['Hello, I am calling about my order. It has not arrived yet.', 'The number is four seven one one.',
    'That sounds good, but I need it by Friday.', 'Thank you very much, good bye.'],
};

/** Two speakers who take turns, on channel 1 and 2; @param silentFrom seconds of hold in between. */
function voice(file, seconds, hold) {
  const parts = [];
  for (const [name, voiceName] of [['agent', 'en+f3'], ['customer', 'en+m4']]) {
    lines[name].forEach((line, i) => {
      const wav = `${file}.${name}${i}.wav`;
      run('espeak-ng', ['-v', voiceName, '-s', '150', '-w', wav, line]);
      parts.push({ wav, channel: name === 'agent' ? 0 : 1, atMs: 400 + i * 11_000 + (name === 'agent' ? 0 : 5200) });
    });
  }
  const use = parts.filter((part) => part.atMs < seconds * 1000 && !(hold && part.atMs / 1000 > hold[0] - 4 && part.atMs / 1000 < hold[1]));
  const chains = use.map((part, i) => `[${i}:a]aresample=8000,pan=stereo|c${part.channel}=c0,adelay=${part.atMs}|${part.atMs}[p${i}]`);
  const mix = `${use.map((_, i) => `[p${i}]`).join('')}amix=inputs=${use.length}:normalize=0,apad,atrim=0:${seconds}[out]`;
  run('ffmpeg', ['-y', '-v', 'error', ...use.flatMap((part) => ['-i', part.wav]), '-filter_complex', [...chains, mix].join(';'),
    '-map', '[out]', '-c:a', 'pcm_s16le', '-ar', '8000', file]);
}

function screen(file, seconds, title, colour) {
  const squares = Array.from({ length: 16 }, (_, i) =>
    `drawbox=x=${32 * i}:y=0:w=32:h=32:color=white:t=fill:enable='mod(floor((t*10+0.001)/${2 ** (15 - i)}),2)'`);
  const windows = [
    'drawbox=x=60:y=90:w=1160:h=580:color=white:t=fill', 'drawbox=x=60:y=90:w=1160:h=44:color=0xd7dde6:t=fill',
    `drawtext=text='${title}':x=84:y=100:fontsize=24:fontcolor=0x223044`,
    "drawtext=text='Order 4711   ·   Parcel   ·   on its way':x=110:y=190:fontsize=34:fontcolor=0x223044",
    ...[0, 1, 2, 3, 4].map((i) => `drawbox=x=110:y=${270 + i * 62}:w='${380 + i * 90}':h=26:color=0xe7ecf3:t=fill`),
    "drawtext=text='%{pts\\:hms}':x=110:y=580:fontsize=44:fontcolor=0x0d7d74",
    "drawbox=x='110+mod(t*60\\,900)':y=640:w=60:h=12:color=0x0d7d74:t=fill",
  ];
  run('ffmpeg', ['-y', '-v', 'error', '-f', 'lavfi', '-i', `color=${colour}:s=1280x720:r=10:d=${seconds}`, '-vf', [...squares, ...windows].join(','),
    '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-g', '100', '-b:v', '600k', '-movflags', '+faststart', file]);
}

export function makeMedia(folder) {
  if (existsSync(folder)) return;
  const work = `${folder}.next`;
  mkdirSync(work, { recursive: true });
  voice(join(work, 's1.wav'), 44, [24, 42]);
  voice(join(work, 's2.wav'), 26);
  voice(join(work, 'consult.wav'), 18);
  screen(join(work, 'a1.mp4'), 46, 'Ada Lovelace - orders', '0x28405e');
  screen(join(work, 'a2.mp4'), 52, 'Grace Hopper - deliveries', '0x3d2f52');
  renameSync(work, folder);
}
