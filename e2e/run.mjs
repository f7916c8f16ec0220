// Stories in a real browser, against the demo: one server, one Chromium, one after the other.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Walk } from './walk.mjs';

const PORT = Number(process.env.PORT ?? 18_080);
const ORIGIN = `http://127.0.0.1:${PORT}`;
const target = process.env.CARGO_TARGET_DIR ?? '../target';
const wanted = process.argv.slice(2);

const server = spawn(`${target}/debug/carnet`, ['demo', '--port', String(PORT)], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
const stopped = new Promise((resolve) => server.once('exit', resolve));

async function ready() {
  for (let tries = 0; tries < 600; tries += 1) {
    if (server.exitCode !== null) throw new Error('the demo stopped by itself');
    const answer = await fetch(`${ORIGIN}/readyz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the demo is not ready');
}

let passed = 0;
let failed = 0;
let browser;
try {
  await ready();
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  const files = readdirSync('stories').filter((file) => file.endsWith('.mjs')).sort();
  for (const file of files) {
    const name = file.replace('.mjs', '');
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const walk = new Walk(browser, ORIGIN, name);
    try {
      const story = await import(`./stories/${file}`);
      const started = Date.now();
      await story.default(walk);
      if (walk.problems.length > 0) throw new Error(walk.problems.join('\n'));
      passed += 1;
      console.log(`ok    ${name} (${walk.looks} looks, heaviest ${Math.round((walk.heaviest ?? 0) / 1000)} kB, ${Math.round((Date.now() - started) / 1000)} s)`);
    } catch (error) {
      await walk.picture('failed').catch(() => undefined);
      failed += 1;
      console.log(`FAIL  ${name}\n${[...walk.problems, error.stack].join('\n')}`);
    } finally {
      await walk.end().catch(() => undefined);
    }
  }
} catch (error) {
  failed += 1;
  console.log(`FAIL  ${error.stack}`);
} finally {
  await browser?.close();
  server.kill('SIGTERM');
  await stopped;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
