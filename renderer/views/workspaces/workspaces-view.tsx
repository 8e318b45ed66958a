export function WorkspacesView() {
  return <h1>Workspaces</h1>
}
