// The routes of the product, from the table that the server's tests keep.
import { readFileSync } from 'node:fs';

const TABLE = '../server/tests/it/snapshots/it__access_table__every_route_and_every_caller.snap';
/** Not pages: files, what software calls, and steps that lead elsewhere at once. */
const NO_PAGE = [/^\/fhir/, /^\/oauth/, /^\/\.well-known/, /\/(contenu|fichier|original|csv)$/, /\/vue\//, /\/fichier\//, /\/media\//,
  /\.(txt|ics|zip|pdf|xml|json|js|webmanifest)$/,
  /^\/(rester|activation\/recommencer|documents\/recevoir|pro\/liste\/\{mot\}|pro\/signalements\/\{id\})$/];

/** Every address that answers with a page: `route` as in the table, and `may`, what each caller gets. */
export function pages() {
  const lines = readFileSync(TABLE, 'utf8').split('\n');
  const head = lines.find((line) => line.includes('the person'));
  const columns = [...head.matchAll(/\S+(?:,? \S+)*/g)].map((match) => ({ caller: match[0], at: match.index }));
  const rows = lines.filter((line) => line.startsWith('GET ')).map((line) => {
    const cells = columns.map(({ caller, at }, n) => [caller, line.slice(at, columns[n + 1]?.at).trim()]);
    return { route: line.slice(5, columns[0].at).trim(), may: Object.fromEntries(cells) };
  });
  return rows.filter(({ route }) => !NO_PAGE.some((pattern) => pattern.test(route)));
}

/** The addresses without a parameter that a caller may open. */
export function open(caller) {
  return pages().filter(({ route, may }) => !route.includes('{') && may[caller] === 'yes').map(({ route }) => route);
}

/** Whether an address is of that route. */
export function matches(route, path) {
  return new RegExp(`^${route.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
}
