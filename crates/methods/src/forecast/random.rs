//! Random numbers that are the same on every machine: SplitMix64 (Steele, Lea and Flood 2014).

/// A row of numbers that follows from its seed alone.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Strictly between 0 and 1.
    pub fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// One of some numbers, each as likely as the others; `None` of none.
    pub fn one_of(&mut self, numbers: &[f64]) -> Option<f64> {
        // The product is below the length, and a length is exact in binary fractions.
        let place = (self.uniform() * numbers.len() as f64) as usize;
        numbers.get(place).or(numbers.last()).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of seed 1234567, as published for the algorithm.
    #[test]
    fn the_row_is_the_published_one() {
        let mut random = Random::new(1_234_567);
        let row = [0; 3].map(|_| random.next());
        assert_eq!(
            row,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn each_number_is_as_likely_as_the_others() {
        let mut random = Random::new(1);
        let mut counts = [0; 5];
        for _ in 0..10_000 {
            let one = random.one_of(&[0.0, 1.0, 2.0, 3.0, 4.0]).unwrap();
            counts[one as usize] += 1;
        }
        // Five standard deviations of a count of 2,000.
        assert!(counts.iter().all(|count: &i32| (count - 2000).abs() < 200), "{counts:?}");
        assert_eq!(random.one_of(&[]), None);
    }
}
