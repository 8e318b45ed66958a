import type { InstallationView } from '../../../../main/contract/views.ts'
import { Link } from '../../../parts/link.tsx'
import { nameInSentence } from '../credential-names.ts'

interface TurnOnRotationProps {
  readonly installation: InstallationView
  readonly onExchange: (credentialId: string) => void
}

/** For tokens that never end and could rotate; quiet, since it cannot be undone. */
export function TurnOnRotation({ installation, onExchange }: TurnOnRotationProps) {
  const { credentials } = installation
  const able = credentials.filter(({ canExchange }) => canExchange)
  return (
    <ul className="detail-rotation">
      {able.map((one) => (
        <li key={one.id}>
          <Link onPress={() => onExchange(one.id)}>
            {able.length === 1
              ? 'Turn on token rotation…'
              : `Turn on token rotation for the ${nameInSentence(one, credentials)}…`}
          </Link>
        </li>
      ))}
    </ul>
  )
}
