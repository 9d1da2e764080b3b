// The four calls of the tasks' API.

import { tasksUrl } from './backend.js';
import { authorizedFetch } from './session.js';

/** Tasks in a page of the list: enough to fill a screen, few enough to be there at once. */
const PAGE_SIZE = 50;

/** An answer of the API that is not what was asked for. `message` is the API's own. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** The user's tasks in the order of creation, one page after the other. */
export async function* pages() {
  for (let url = `${tasksUrl()}?limit=${PAGE_SIZE}`; url; ) {
    const response = await call(url);
    yield await response.json();
    url = next(response);
  }
}

export async function create(title) {
  return (await call(tasksUrl(), 'POST', { title })).json();
}

/** Changes `title`, `completed` or both. Returns the task as it is now. */
export async function update(taskId, changes) {
  return (await (await call(one(taskId), 'PUT', changes)).json()).task;
}

export async function remove(taskId) {
  await call(one(taskId), 'DELETE');
}

function one(taskId) {
  return `${tasksUrl()}/${encodeURIComponent(taskId)}`;
}

async function call(url, method = 'GET', body = undefined) {
  const response = await authorizedFetch(url, {
    method,
    body: JSON.stringify(body),
    headers: body && { 'Content-Type': 'application/json' },
  });
  if (!response.ok) {
    const { message } = await response.json().catch(() => ({}));
    throw new ApiError(response.status, message ?? '');
  }
  return response;
}

/** Where the header `Link: <?nextToken=…>; rel="next"` leads from here; null at the last page. */
function next(response) {
  const reference = /<([^>]*)>\s*;\s*rel="?next"?/.exec(response.headers.get('Link') ?? '')?.[1];
  return reference === undefined ? null : new URL(reference, response.url).href;
}
