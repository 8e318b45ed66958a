import type { Random } from '../../fuzz/random.ts'

/** The server under attack, and what only the one real redirect knows. */
export interface Target {
  readonly scheme: 'http' | 'https'
  readonly port: number
  readonly state: string
  readonly code: string
  readonly tls: { readonly ca?: string }
}

/** One connection of somebody who was not sent by Slack. */
export interface HostileRequest {
  /** Its kind. */
  readonly name: string
  readonly address: '127.0.0.1' | '::1'
  /** Written one after the other, with a pause between them. */
  readonly parts: readonly Buffer[]
  /** What the client does when all is written: waits for the server, ends its side, or resets. */
  readonly ends: 'wait' | 'end' | 'reset'
  /** Without TLS, also where the server speaks it. */
  readonly isBare: boolean
}

interface Made extends Partial<Omit<HostileRequest, 'parts'>> {
  readonly parts: readonly (string | Buffer)[]
}
type Kind = (target: Target, random: Random) => Made

/**
 * A random attack. Where it has the right state, code, path and host, something else is wrong with it:
 * an attacker who knows all of them but one gets no further than one who knows nothing.
 */
export function hostileRequest(target: Target, random: Random): HostileRequest {
  const name = random.pick(NAMES)
  const made = (KINDS[name] as Kind)(target, random)
  return {
    ...{ name, address: random.pick(['127.0.0.1', '::1'] as const), ends: 'wait', isBare: false },
    ...made,
    parts: made.parts.map((part) =>
      typeof part === 'string' ? Buffer.from(part, 'latin1') : part,
    ),
  }
}

function right({ code, state }: Target): string {
  return `/callback?code=${code}&state=${state}`
}

function get(target: Target, path: string, headers: readonly string[] = []): string {
  return request('GET', path, [`Host: localhost:${target.port}`, ...headers])
}

function request(method: string, path: string, headers: readonly string[], body = ''): string {
  return [`${method} ${path} HTTP/1.1`, ...headers, '', body].join('\r\n')
}

function own(target: Target): string[] {
  return [`Host: localhost:${target.port}`]
}

const METHODS = [
  ...['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'SEARCH', 'get'],
  ...['QUERY', 'PRI', 'X'.repeat(300)],
]

const KINDS = {
  method: (target, random) => ({
    parts: [request(random.pick(METHODS), right(target), own(target))],
  }),
  connect: (target) => ({ parts: [request('CONNECT', `localhost:${target.port}`, own(target))] }),
  upgrade: (target) => ({
    parts: [
      get(target, '/ws', ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: eA==']),
    ],
  }),
  path: (target, random) => {
    const query = right(target).slice('/callback'.length)
    return { parts: [get(target, random.pick(paths(random)) + query)] }
  },
  host: (target, random) => ({
    parts: [request('GET', right(target), [`Host: ${random.pick(hosts(target))}`])],
  }),
  'host, forwarded': (target) => ({
    parts: [
      request('GET', right(target), [
        'Host: evil.example',
        ...[
          `X-Forwarded-Host: localhost:${target.port}`,
          `Forwarded: host=localhost:${target.port}`,
        ],
      ]),
    ],
  }),
  'two hosts': (target) => ({
    parts: [request('GET', right(target), [...own(target), 'Host: evil.example'])],
  }),
  'no host': (target) => ({ parts: [request('GET', right(target), [])] }),
  state: (target, random) => ({
    parts: [get(target, `/callback?code=x&state=${nearMiss(target.state, random)}`)],
  }),
  query: (target, random) => ({ parts: [get(target, random.pick(queries(target)))] }),
  body: (target, random) => {
    const length = random.pick([1, 1_000, 1_000_000])
    const head = request('GET', right(target), [...own(target), `Content-Length: ${length}`])
    return { parts: [head, 'x'.repeat(Math.min(length, 100_000))] }
  },
  chunked: (target) => ({
    parts: [
      request(
        'GET',
        right(target),
        [...own(target), 'Transfer-Encoding: chunked'],
        '5\r\nhello\r\n0\r\n\r\n',
      ),
    ],
  }),
  smuggled: (target) => {
    const headers = [...own(target), 'Content-Length: 6', 'Transfer-Encoding: chunked']
    return { parts: [request('POST', '/callback', headers, '0\r\n\r\nG')] }
  },
  'fetched by a page': (target, random) => ({
    parts: [
      get(target, right(target), [
        random.pick(['Sec-Fetch-Mode: cors', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: iframe']),
        'Origin: https://evil.example',
      ]),
    ],
  }),
  'oversize header': (target, random) => ({
    parts: [get(target, right(target), [`X: ${'x'.repeat(40_000 + random.below(100_000))}`])],
  }),
  'many headers': (target) => ({
    parts: [
      get(
        target,
        right(target),
        Array.from({ length: 3_000 }, (_, i) => `X${i}: ${'y'.repeat(20)}`),
      ),
    ],
  }),
  'oversize path': (target, random) => ({
    parts: [get(target, `${right(target)}&x=${'x'.repeat(40_000 + random.below(100_000))}`)],
  }),
  'long query': (target) => ({ parts: [get(target, `${right(target)}&x=${'x'.repeat(9_000)}`)] }),
  pipelined: (target, random) => ({
    parts: [
      Array.from({ length: 2 + random.below(20) }, () =>
        get(target, `/callback?code=x&state=${nearMiss(target.state, random)}`),
      ).join(''),
    ],
  }),
  garbage: (_target, random) => ({ parts: [random.bytes(1 + random.below(2_000))], ends: 'end' }),
  'garbage without TLS': (_target, random) => ({
    ...{ parts: [random.bytes(1 + random.below(2_000))], ends: 'end', isBare: true },
  }),
  'a TLS hello': (_target, random) => ({
    parts: [Buffer.concat([Buffer.from('16030100c8010000c40303', 'hex'), random.bytes(200)])],
    ...{ ends: 'end', isBare: true },
  }),
  'plain http': (target) => {
    // Over http that is the real redirect, but for its method.
    return { parts: [request('POST', right(target), own(target))], isBare: true, ends: 'end' }
  },
  'half a request': (target, random) => {
    const whole = get(target, right(target))
    return { parts: [whole.slice(0, 1 + random.below(whole.length - 2))], ends: 'end' }
  },
  'half a request, then gone': (target, random) => {
    const whole = get(target, right(target))
    return { parts: [whole.slice(0, 1 + random.below(whole.length - 2))], ends: 'reset' }
  },
  'drop by drop': (target, random) => {
    const whole = get(target, `/callback?code=x&state=${nearMiss(target.state, random)}`)
    return { parts: [...(whole.match(/[\s\S]{1,12}/g) ?? [])] }
  },
  'bad lines': (target, random) => ({
    parts: [
      random.pick([
        `GET ${right(target)} HTTP/9.9\r\n${own(target)[0]}\r\n\r\n`,
        `GET ${right(target)} HTTP/1.1\n${own(target)[0]} evil\n\n`,
        `GET ${right(target)}\r\n\r\n`,
        `\r\n\r\n\r\n`,
        `GET ${right(target)} HTTP/1.1\r\n${own(target)[0]}\0\r\n\r\n`,
        `GET ${right(target)} HTTP/1.1\r\n ${own(target)[0]}\r\n\r\n`,
      ]),
    ],
    ends: 'end',
  }),
} satisfies Readonly<Record<string, Kind>>

const NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[]

function paths(random: Random): string[] {
  return [
    ...[
      '/',
      '',
      '//callback',
      '/callback/',
      '/callback/x',
      '/Callback',
      '/CALLBACK',
      '/callback;x',
    ],
    ...[
      '/%63allback',
      '/callback%00',
      '/callback%2f',
      '/./callback',
      '/x/../callback',
      '/callback/..',
    ],
    ...[
      '\\callback',
      '*',
      'http://localhost/callback',
      'https://evil.example/callback',
      '/callback.html',
    ],
    ...['/constructor', '/__proto__', '/favicon.ico', '/.env', '/../../etc/passwd', '/callback#x'],
    `/${random.bytes(12).toString('hex')}`,
    `/callback${random.bytes(3).toString('hex')}`,
  ]
}

function hosts({ port }: Target): string[] {
  return [
    ...[
      'evil.example',
      `evil.example:${port}`,
      'localhost',
      `localhost:${port + 1}`,
      `localhost:0${port}`,
    ],
    ...[
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      `0.0.0.0:${port}`,
      `localhost.:${port}`,
      `LOCALHOST:${port}`,
    ],
    ...[
      `localhost:${port}@evil.example`,
      `localhost:${port},evil.example`,
      `localhost:${port} evil`,
    ],
    ...[
      `sub.localhost:${port}`,
      `localhost.evil.example:${port}`,
      '',
      ' ',
      `127.1:${port}`,
      `[::]:${port}`,
    ],
  ]
}

function queries(target: Target): string[] {
  const { state, code } = target
  return [
    ...[
      '/callback',
      '/callback?',
      '/callback?code=x',
      `/callback?state=${state}`,
      '/callback?state=&code=x',
    ],
    `/callback?code=${code}&state=${state}&state=${state}`,
    `/callback?code=${code}&code=x&state=${state}`,
    `/callback?code=${code}&error=access_denied&state=${state}`,
    `/callback?code=${code}&state[]=${state}`,
    `/callback?code=${code}&STATE=${state}`,
    `/callback?code=&state=${state}`,
    `/callback?code=a%00b&state=${state}`,
    `/callback?code=a%0d%0aSet-Cookie:x&state=${state}`,
    `/callback?code=${'c'.repeat(3_000)}&state=${state}`,
    `/callback?error=${'e'.repeat(200)}&state=${state}`,
    `/callback?error=%3Cscript%3E&state=${state}`,
    `/callback?__proto__=x&constructor=y&code=x`,
    `/callback#code=${code}&state=${state}`,
    '/callback?%E0%A4%A=1&state=%',
  ]
}

/** As like the real one as can be, and not it. */
function nearMiss(state: string, random: Random): string {
  const at = random.below(state.length)
  const other = state[at] === 'A' ? 'B' : 'A'
  return random.pick([
    state.slice(0, at) + other + state.slice(at + 1),
    state.slice(0, at),
    `${state}x`,
    `${state}%20`,
    `%20${state}`,
    `${state}%00`,
    swapCase(state),
    [...state].reverse().join(''),
    `${state}=`,
    'null',
    '%F0%9F%98%80',
    '0'.repeat(600),
    random.bytes(32).toString('base64url'),
  ])
}

/** Never the same: 43 characters of base64url without a letter do not happen. */
function swapCase(text: string): string {
  return [...text]
    .map((char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase()))
    .join('')
}
