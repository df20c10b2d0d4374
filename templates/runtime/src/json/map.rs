//! An object whose member names are data.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Index;

use super::{Decode, Encode, Extra, Reader, Stop, Value, Writer, lookup};

/// Below this size members are looked for one by one, above it by a sorted list of their names.
const SMALL: usize = 12;

static NULL: Value = Value::Null;

/// Named values in the order in which they were put in.
///
/// Models use it where a spec describes an object whose member names are data (`additionalProperties`), and for the
/// members that the spec does not describe (`Map<Value>`, see [`Extra`]). An empty one takes no memory beside itself.
/// Lookup goes through the names one by one, which suits objects of usual size.
///
/// Two maps are equal when they have the same members, in whatever order.
///
/// # Example
/// ```
/// use clientsmith_runtime::json::Map;
///
/// let mut ages: Map<u32> = [("Rex", 3), ("Tom", 9)].into_iter().collect();
/// ages.insert("Rex", 4);
/// assert_eq!(ages.get("Rex"), Some(&4));
/// assert_eq!(ages.keys().collect::<Vec<_>>(), ["Rex", "Tom"]);
/// ```
#[derive(Clone)]
pub struct Map<T>(Vec<(String, T)>);

impl<T> Map<T> {
    /// An empty map.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|(n, _)| n == name)
    }

    /// Whether there is a member of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    /// The value of a member, for changing it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        self.0.iter_mut().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    /// Sets a member and gives the value that it had. A member that was there keeps its place, a new one comes last.
    pub fn insert(&mut self, name: impl Into<String> + Borrow<str>, value: T) -> Option<T> {
        match self.get_mut(name.borrow()) {
            Some(place) => Some(std::mem::replace(place, value)),
            None => {
                self.0.push((name.into(), value));
                None
            }
        }
    }

    /// The value of a member, which is put in first if it is not there.
    pub fn get_or_insert_with(&mut self, name: &str, make: impl FnOnce() -> T) -> &mut T {
        let place = self.place(name).unwrap_or_else(|| {
            self.0.push((name.to_owned(), make()));
            self.0.len() - 1
        });
        &mut self.0[place].1
    }

    /// Takes a member out. The others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        self.place(name).map(|place| self.0.remove(place).1)
    }

    /// Takes all members out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Keeps only the members for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut T) -> bool) {
        self.0.retain_mut(|(name, value)| keep(name, value));
    }

    /// The members in order.
    pub fn iter(&self) -> Iter<'_, T> {
        self.into_iter()
    }

    /// The members in order, with values that can be changed.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (&str, &mut T)> + ExactSizeIterator {
        self.0.iter_mut().map(|(name, value)| (name.as_str(), value))
    }

    /// The names in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// The values in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values in order, for changing them.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> + ExactSizeIterator {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// A map of members whose names may be repeated.
    pub(super) fn settled(members: Vec<(String, T)>) -> Self {
        let mut map = Self(members);
        map.settle();
        map
    }

    /// Puts a member last without looking whether its name is taken; [`settle`](Self::settle) has to follow.
    pub(super) fn push(&mut self, name: String, value: T) {
        self.0.push((name, value));
    }

    pub(super) fn at(&self, place: usize) -> Option<(&str, &T)> {
        self.0.get(place).map(|(name, value)| (name.as_str(), value))
    }

    /// Leaves of the members of one name the last value, at the place of the first.
    pub(super) fn settle(&mut self) {
        if !self.has_duplicates() {
            return;
        }
        let order = self.sorted();
        // For each repeated name: the place that stays, and the place of the value that it gets.
        let mut moves = Vec::new();
        let mut doomed: Vec<usize> = Vec::new();
        for group in order.chunk_by(|&a, &b| self.0[a].0 == self.0[b].0) {
            if let [first, .., last] = group {
                moves.push((*first, *last));
                doomed.extend(group.iter().skip(1));
            }
        }
        for (first, last) in moves {
            self.0.swap(first, last);
        }
        doomed.sort_unstable();
        let mut doomed = doomed.into_iter().peekable();
        let mut place = 0;
        self.0.retain(|_| {
            place += 1;
            doomed.next_if_eq(&(place - 1)).is_none()
        });
    }

    /// Whether some name may be there twice.
    fn has_duplicates(&self) -> bool {
        if self.0.len() <= SMALL {
            let mut rest = self.0.as_slice();
            while let Some(((name, _), tail)) = rest.split_first() {
                if tail.iter().any(|(other, _)| other == name) {
                    return true;
                }
                rest = tail;
            }
            return false;
        }
        // Each name goes into a table by its hash. The names come from outside and may be chosen to collide; then it is
        // left to the sort, which cannot be led into doing much work.
        let size = (self.0.len() * 2).next_power_of_two();
        let mut table = vec![u32::MAX; size];
        let mut steps = self.0.len() * 4;
        for (place, (name, _)) in (0..u32::MAX).zip(&self.0) {
            let mut at = lookup::home(name, u64::BITS - size.trailing_zeros());
            while let Some(other) = self.0.get(table[at] as usize) {
                steps -= 1;
                if other.0 == *name || steps == 0 {
                    return true;
                }
                at = (at + 1) & (size - 1);
            }
            table[at] = place;
        }
        false
    }

    /// The places of the members, sorted by name and then by place.
    fn sorted(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.0.len()).collect();
        order.sort_by(|&a, &b| self.0[a].0.cmp(&self.0[b].0));
        order
    }
}

/// The members of a [`Map`] in order.
pub type Iter<'a, T> = std::iter::Map<std::slice::Iter<'a, (String, T)>, fn(&'a (String, T)) -> (&'a str, &'a T)>;

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T: fmt::Debug> fmt::Debug for Map<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl<T: PartialEq> PartialEq for Map<T> {
    fn eq(&self, other: &Self) -> bool {
        if self.len() != other.len() {
            return false;
        }
        if self.len() <= SMALL {
            return self.iter().all(|(name, value)| other.get(name) == Some(value));
        }
        let (left, right) = (self.sorted(), other.sorted());
        left.into_iter().zip(right).all(|(a, b)| self.0[a] == other.0[b])
    }
}

impl<T: Eq> Eq for Map<T> {}

impl<K: Into<String>, T> FromIterator<(K, T)> for Map<T> {
    /// Of two members of one name the later one wins, at the place of the first.
    fn from_iter<I: IntoIterator<Item = (K, T)>>(members: I) -> Self {
        let mut map = Self::new();
        map.extend(members);
        map
    }
}

impl<K: Into<String>, T> Extend<(K, T)> for Map<T> {
    fn extend<I: IntoIterator<Item = (K, T)>>(&mut self, members: I) {
        self.0.extend(members.into_iter().map(|(name, value)| (name.into(), value)));
        self.settle();
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = (String, T);
    type IntoIter = std::vec::IntoIter<(String, T)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a str, &'a T);
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

/// A member that is not there reads as `null`.
impl Index<&str> for Extra {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&NULL)
    }
}

impl<T: Decode + Default> Decode for Map<T> {
    fn decode(&mut self, r: &mut Reader<'_>) -> Result<(), Stop> {
        self.clear();
        r.begin_object()?;
        while let Some(name) = r.next_key()? {
            let value = r.value()?;
            self.push(name.into_owned(), value);
        }
        self.settle();
        Ok(())
    }
}

impl<T: Encode> Encode for Map<T> {
    fn encode(&self, w: &mut Writer) {
        w.object(&[], self);
    }

    fn to_value(&self) -> Value {
        Value::Object(self.iter().map(|(name, value)| (name, value.to_value())).collect())
    }
}
