/** HTTP as @slack/web-api and the rooms use it; the real one keeps no cookies, no cache, follows no redirect. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>
