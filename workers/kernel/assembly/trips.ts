/** Closed round trips in columns of fixed room, which the loader empties when they are full. */
export let trips: i32 = 0;
export let tripRoom: i32 = 0;

let at: usize = 0;

/** The columns follow one another: five of float64, two of int32, two of bytes. */
export function placeTrips(columns: usize, room: i32): void {
  at = columns;
  tripRoom = room;
  trips = 0;
}

export function forgetTrips(): void {
  trips = 0;
}

/** Entry price, exit price, units, profit, commission. */
export function tripColumn(k: usize): usize {
  return at + ((<usize>tripRoom) << 3) * k;
}

/** Entry bar, exit bar. */
export function tripInts(k: usize): usize {
  return tripColumn(5) + ((<usize>tripRoom) << 2) * k;
}

export function addTrip(
  entryBar: i32,
  exitBar: i32,
  entryPrice: f64,
  exitPrice: f64,
  units: f64,
  profit: f64,
  commission: f64,
  reason: i32,
  ambiguous: bool,
): void {
  const doubles = (<usize>tripRoom) << 3;
  const ints = (<usize>tripRoom) << 2;
  const row = at + ((<usize>trips) << 3);
  store<f64>(row, entryPrice);
  store<f64>(row + doubles, exitPrice);
  store<f64>(row + doubles * 2, units);
  store<f64>(row + doubles * 3, profit);
  store<f64>(row + doubles * 4, commission);
  const whole = at + doubles * 5 + ((<usize>trips) << 2);
  store<i32>(whole, entryBar);
  store<i32>(whole + ints, exitBar);
  const byte = at + doubles * 5 + ints * 2 + <usize>trips;
  store<u8>(byte, <u8>reason);
  store<u8>(byte + <usize>tripRoom, ambiguous ? 1 : 0);
  trips++;
}
