//! Work on several things at once, with the results in the order of the things.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Stack of a worker. Stages recurse over what a description nests, which is bounded; this is room to spare.
const STACK: usize = 64 << 20;

/// Does `work` for each of `items`, on as many threads as the machine has cores, and gives the results in order.
///
/// Even a single item is worked on in a thread of its own, which has a larger stack than the main one.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    let worker = || {
        while let Some((item, slot)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|index| Some((items.get(index)?, done.get(index)?)))
        {
            let result = work(item);
            if let Ok(mut slot) = slot.lock() {
                *slot = Some(result);
            }
        }
    };
    thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
        let started = (0..threads)
            .filter(|_| thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker).is_ok())
            .count();
        if started == 0 {
            worker();
        }
    });
    done.into_iter().filter_map(|slot| slot.into_inner().ok().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert!(map(&[] as &[u8], |item| *item).is_empty());
    }

    #[test]
    fn there_is_room_on_the_stack() {
        fn deep(level: u32) -> u32 {
            let room = [level; 1000];
            if level == 0 { 0 } else { deep(level - 1) + room[(level % 7) as usize] % 2 }
        }
        assert_eq!(map(&[2000], |level| deep(*level)), [1000]);
    }
}
