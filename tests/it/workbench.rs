//! The workbench over a socket, as any program of the machine could speak to it.

mod door;
mod facts;
mod http;
mod screens;
