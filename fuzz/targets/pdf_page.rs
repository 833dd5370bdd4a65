#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::leave_contained_panics_alone(), |bytes: &[u8]| {
    fuzz::pdf_page(bytes);
});
