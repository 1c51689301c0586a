//! Step 2: what only the whole corpus can tell: names of bodies, repeated furniture.
