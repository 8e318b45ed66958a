import { useId } from 'react'

/** The app's icon: a reception bell with a keyhole (left out below 24 px, where it would only blur). */
export function Logo({ size }: { readonly size: 20 | 72 }) {
  const ground = useId()
  return (
    <svg viewBox="32 32 448 448" width={size} height={size} aria-hidden="true" className="logo">
      <linearGradient id={ground} x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stopColor="#3F6BE0" />
        <stop offset="1" stopColor="#1C3C94" />
      </linearGradient>
      <rect x="32" y="32" width="448" height="448" rx="104" fill={`url(#${ground})`} />
      <rect x="236" y="120" width="40" height="80" fill="#fff" />
      <rect x="206" y="104" width="100" height="36" rx="18" fill="#fff" />
      <path d="M112 322a144 144 0 0 1 288 0 10 10 0 0 1-10 10H122a10 10 0 0 1-10-10z" fill="#fff" />
      <rect x="88" y="352" width="336" height="44" rx="22" fill="#B9CEFF" />
      {size >= 24 && (
        <path
          d="M256 218a32 32 0 0 1 17 59.1l8.7 34.6a5 5 0 0 1-4.9 6.3h-41.6a5 5 0 0 1-4.9-6.3l8.7-34.6A32 32 0 0 1 256 218z"
          fill="#2449AE"
        />
      )}
    </svg>
  )
}
