import type { FetchFunction } from '@slack/web-api'
import { ConnectionNotTrusted } from '../platform/errors.ts'
import type { Fetch } from '../platform/fetch.ts'
import type { Attempt } from './call-failure.ts'

/**
 * Notes what came back, since the library's own failures quote it. Redirects are refused: they would
 * carry the token to another host.
 *
 * @param attempt told the answer of the last try
 * @param signal ends the try that is under way and refuses further ones
 */
export function watchedFetch(fetch: Fetch, attempt: Attempt, signal: AbortSignal): FetchFunction {
  return async (url, init) => {
    attempt.answer = null
    attempt.untrustedHost = null
    signal.throwIfAborted()
    const response = await noting(attempt, fetch, url, {
      method: init?.method ?? 'POST',
      ...(init?.headers === undefined ? {} : { headers: init.headers }),
      ...(init?.body === undefined ? {} : { body: init.body }),
      redirect: 'error',
      signal,
    })
    const text = await readText(response)
    const retryAfter = response.headers.get('retry-after')
    attempt.answer = { status: response.status, text, retryAfter }
    return asFetchResponse(response, text)
  }
}

/** Notes a connection that was not trusted, since the library wraps what it catches. */
async function noting(
  attempt: Attempt,
  fetch: Fetch,
  ...asked: Parameters<Fetch>
): Promise<Response> {
  try {
    return await fetch(...asked)
  } catch (thrown) {
    if (thrown instanceof ConnectionNotTrusted) attempt.untrustedHost = thrown.host
    throw thrown
  }
}

/** Bytes; Slack's own answers to these calls are a few kilobytes. */
const MAX_BODY = 1024 * 1024

/** Ends an answer that is too long for what was asked, before it fills the memory. */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > MAX_BODY) throw new RangeError('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

type FetchResponse = Awaited<ReturnType<FetchFunction>>

/** The headers that mean something here. Without the content type the library never unzips. */
const READ_HEADERS = ['x-oauth-scopes', 'x-accepted-oauth-scopes', 'retry-after']

function asFetchResponse(response: Response, text: string): FetchResponse {
  const headers = new Headers()
  for (const name of READ_HEADERS) {
    const value = response.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  const { ok, status, statusText, url } = response
  return {
    ...{ ok, status, statusText, url, headers },
    arrayBuffer: async () => new TextEncoder().encode(text).buffer,
    json: async () => JSON.parse(text),
    text: async () => text,
  }
}
