import { openActivity } from '../../../main/activity/open-activity.ts'
import { systemClock } from '../../../main/platform/clock.ts'
import { silentLog } from '../../../main/platform/log.ts'
import { folderLocks } from './folder-locks.ts'

/** Another process that notes as fast as it can: `path count name`. */
const [path = '', count = '0', name = ''] = process.argv.slice(2)
const locks = folderLocks(path)
const activity = openActivity({
  ...{ path, by: 'command-line', locks, clock: systemClock, log: silentLog },
})
process.stdout.write('ready\n')
await new Promise((resolve) => process.stdin.once('data', resolve))
for (let at = 0; at < Number(count); at += 1) {
  activity.record({ what: 'copied', detail: `${name} ${at}` })
}
activity.close()
process.exit(0)
