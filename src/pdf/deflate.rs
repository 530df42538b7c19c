//! Compression of streams.

use libdeflater::{CompressionLvl, Compressor};

/// One compressor and its buffer, kept for the whole file.
pub(super) struct Deflate {
    compressor: Compressor,
    buffer: Vec<u8>,
}

impl Deflate {
    pub fn new(level: i32) -> Self {
        let level = CompressionLvl::new(level).unwrap_or_default();
        Self { compressor: Compressor::new(level), buffer: Vec::new() }
    }

    /// The bytes of a `FlateDecode` stream.
    pub fn zlib(&mut self, data: &[u8]) -> &[u8] {
        let bound = self.compressor.zlib_compress_bound(data.len());
        if self.buffer.len() < bound {
            self.buffer.resize(bound, 0);
        }
        #[expect(clippy::expect_used)]
        let n = self
            .compressor
            .zlib_compress(data, &mut self.buffer)
            .expect("the buffer has the length that the compressor asked for");
        &self.buffer[..n]
    }
}
