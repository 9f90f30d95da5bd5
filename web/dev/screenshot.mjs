// See web/screenshot.sh.
import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Chromium } from './chromium.mjs';

const args = process.argv.slice(2), take = (name) => { const at = args.indexOf(name); return at < 0 ? undefined : args.splice(at, 2)[1]; };
const out = take('--out') ?? 'docs/playback.png', dark = args.includes('--dark');
const [address, password] = args.filter((arg) => !arg.startsWith('--'));

/** Runs the demo until it has said where to look and with which password. */
async function startDemo() {
  const demo = spawn('./tandem', ['demo'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const found = {};
  for await (const line of createInterface({ input: demo.stdout })) {
    console.log(line);
    found.address ??= /play both in step: (\S+)/.exec(line)?.[1];
    found.password ??= /with the password (\S+)/.exec(line)?.[1];
    if (found.address && found.password) break;
  }
  if (!found.password) throw new Error('the demo ended without a playback page');
  demo.stdout.resume();
  return { ...found, demo };
}

async function picture(page, secret) {
  const browser = await Chromium.start({ width: 1360, height: 1000, dark });
  try {
    await browser.open(page);
    await browser.until("document.querySelector('tdm-sign-in form')", 'the sign-in form');
    await browser.eval(`(() => { const form = document.querySelector('tdm-sign-in form');
      form.elements.userName.value = 'admin'; form.elements.password.value = ${JSON.stringify(secret)}; form.requestSubmit(); })()`);
    await browser.until("document.querySelector('video')?.readyState >= 2 && document.querySelector('audio').readyState >= 2", 'voice and screen');
    await browser.eval("document.querySelector('button.play').click()");
    const third = await browser.eval("Number(document.querySelector('[role=slider]').getAttribute('aria-valuemax')) / 3");
    await browser.until(`document.querySelector('audio').currentTime > ${Math.max(4, third)}`, 'a third of the call');
    await browser.until("Math.abs(parseFloat(document.querySelector('[data-role=skew]').textContent)) <= 40", 'voice and screen in step');
    await browser.picture(out);
    console.log(`${out}: ${statSync(out).size} bytes, skew ${await browser.eval("document.querySelector('[data-role=skew]').textContent")}`);
  } finally {
    await browser.close();
  }
}

if (address) await picture(address, password);
else {
  const { demo, ...found } = await startDemo();
  try {
    await picture(found.address, found.password);
  } finally {
    demo.kill('SIGINT');
    await new Promise((done) => (demo.exitCode === null ? demo.once('exit', done) : done()));
  }
}
