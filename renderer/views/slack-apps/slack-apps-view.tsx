export function SlackAppsView() {
  return <h1>Slack apps</h1>
}
