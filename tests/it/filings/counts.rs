//! Figures agree with the cube.
