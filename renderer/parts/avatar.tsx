import './avatar.css'

interface AvatarProps {
  readonly name: string
  /** 32 px in rows (default), 44 in the head of a page. */
  readonly size?: 32 | 44 | undefined
}

/** Two letters on a quiet tile; never a logo. Said by the name beside it. */
export function Avatar({ name, size = 32 }: AvatarProps) {
  return (
    <span className="avatar" data-size={size} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

/** First letters of the first two words, else the first two letters; whole characters, upper case. */
export function initials(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '')
  const [first = '', second] = words
  const letters = second === undefined ? [...first].slice(0, 2) : [[...first][0], [...second][0]]
  return letters.join('').toUpperCase() || '–'
}
