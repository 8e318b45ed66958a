import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'

/**
 * Opens the practice Slack's consent page and sends its form with "Allow", as a browser would.
 *
 * @param authorizeUrl what the app asked the browser to open
 * @returns the address that the browser is sent on to: the callback
 */
export async function allow(authorizeUrl: string): Promise<string> {
  const page = await send(authorizeUrl)
  const body = new URLSearchParams({
    form: /name="form" value="([^"]+)"/.exec(page.text)?.[1] ?? '',
    decision: 'allow',
    team: /<option value="([^"]+)" selected>/.exec(page.text)?.[1] ?? '',
    person: '0',
  })
  const { origin } = new URL(authorizeUrl)
  const answer = await send(`${origin}/oauth/v2/authorize`, body.toString(), origin)
  const { location } = answer.headers
  if (location === undefined) throw new Error(`the consent page answered ${answer.statusCode}`)
  return location
}

async function send(address: string, body?: string, origin?: string) {
  const form = { 'Content-Type': 'application/x-www-form-urlencoded', Origin: origin }
  const sent = request(address, body === undefined ? {} : { method: 'POST', headers: form })
  sent.end(body)
  const [response]: IncomingMessage[] = await once(sent, 'response')
  if (response === undefined) throw new TypeError('a response was expected')
  const { headers, statusCode } = response
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) text += chunk
  return { headers, statusCode, text }
}
