import type { Outside } from '../../main/build-rooms.ts'

type System = Pick<
  Outside,
  | 'power'
  | 'notifier'
  | 'systemUserCheck'
  | 'screenGuard'
  | 'removeKeyringItem'
  | 'endWriting'
  | 'showWorkspace'
>

/** A system in which nothing happens by itself; a test replaces what it is about. */
export function quietSystem(): System {
  return {
    power: { idleSeconds: () => 0, listen: () => () => {}, knowsScreenLock: true },
    notifier: { show() {} },
    systemUserCheck: { isAvailable: () => false, ask: async () => {} },
    screenGuard: { isEffective: false, hide() {}, show() {} },
    removeKeyringItem: async () => true,
    endWriting: async () => {},
    showWorkspace() {},
  }
}
