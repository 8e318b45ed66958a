/** What happened to which credential, when. */
export function ActivityView() {
  return null
}
