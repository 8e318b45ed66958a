import { type App, Menu, type MenuItemConstructorOptions } from 'electron'
import type { EventPayload } from '../contract/calls.ts'

type Command = EventPayload<'desk/command'>['command']

/**
 * The application menu: edit acts (the system needs them for copy and paste keys) and the screens.
 * No reload and no developer tools. On Linux and Windows it is hidden until Alt is pressed.
 */
export function buildMenu(app: App, platform: string, send: (command: Command) => void): Menu {
  const item = (label: string, accelerator: string, command: Command) => ({
    label,
    accelerator,
    click: () => send(command),
  })
  const appMenu: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? [{ label: app.name, submenu: [{ role: 'about' }, { role: 'hide' }, { role: 'quit' }] }]
      : []
  return Menu.buildFromTemplate([
    ...appMenu,
    {
      label: 'File',
      submenu: [
        item('Authorize workspace', 'CommandOrControl+N', 'authorize'),
        item('Import token', 'CommandOrControl+I', 'import'),
        { type: 'separator' },
        item('Lock', 'CommandOrControl+Shift+L', 'lock'),
        { role: platform === 'darwin' ? 'close' : 'quit' },
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        item('Workspaces', 'CommandOrControl+1', 'workspaces'),
        item('Slack apps', 'CommandOrControl+2', 'slack-apps'),
        item('Activity', 'CommandOrControl+4', 'activity'),
        item('Settings', 'CommandOrControl+5', 'settings'),
        item('Search', 'CommandOrControl+F', 'search'),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ])
}
