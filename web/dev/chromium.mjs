// Drives Chromium over its debugging pipe (DevTools protocol, messages ended by NUL on descriptors 3 and 4): no package needed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--autoplay-policy=no-user-gesture-required', '--hide-scrollbars', '--remote-debugging-pipe'];

export class Chromium {
  #waiting = new Map();
  #last = 0;
  #rest = '';

  static async start({ width = 1440, height = 900, dark = false, scale = 1 } = {}) {
    const browser = new Chromium();
    browser.profile = mkdtempSync(join(tmpdir(), 'tandem-chromium-'));
    browser.process = spawn(process.env.CHROMIUM ?? '/usr/bin/chromium', [...FLAGS, `--user-data-dir=${browser.profile}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    browser.process.stdio[4].on('data', (data) => browser.#read(data));
    const { targetInfos } = await browser.send('Target.getTargets');
    const target = targetInfos.find((info) => info.type === 'page');
    ({ sessionId: browser.session } = await browser.send('Target.attachToTarget', { targetId: target.targetId, flatten: true }));
    browser.messages = [];
    await browser.page('Page.enable');
    await browser.page('Runtime.enable');
    await browser.page('Log.enable');
    await browser.page('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false });
    await browser.page('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }] });
    return browser;
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#last;
    this.process.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((done, fail) => this.#waiting.set(id, { done, fail }));
  }

  page(method, params) {
    return this.send(method, params, this.session);
  }

  async open(address) {
    await this.page('Page.navigate', { url: address });
    await this.until('document.readyState === "complete"');
  }

  async eval(expression) {
    const { result, exceptionDetails } = await this.page('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until an expression is true, at most 30 s. */
  async until(expression, what = expression) {
    for (let i = 0; i < 300; i++) {
      if (await this.eval(expression)) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`waited 30 s in vain for: ${what}`);
  }

  async picture(path) {
    const { data } = await this.page('Page.captureScreenshot', { format: 'png' });
    writeFileSync(path, Buffer.from(data, 'base64'));
  }

  async close() {
    await this.send('Browser.close').catch(() => undefined);
    await new Promise((done) => (this.process.exitCode === null ? this.process.once('exit', done) : done()));
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  #read(data) {
    const parts = (this.#rest + data).split('\0');
    this.#rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part), waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.fail(new Error(message.error.message));
      else if (waiting) waiting.done(message.result);
      else if (message.method === 'Runtime.exceptionThrown') this.messages?.push(message.params.exceptionDetails.exception?.description ?? message.params.exceptionDetails.text);
      else if (message.method === 'Runtime.consoleAPICalled') this.messages?.push(message.params.args.map((arg) => arg.value ?? arg.description).join(' '));
      else if (message.method === 'Log.entryAdded') this.messages?.push(`${message.params.entry.text} ${message.params.entry.url ?? ''}`);
    }
  }
}
