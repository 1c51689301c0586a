//! Every file under `data/` is accounted for in `data/README.md`.

use std::path::Path;

/// All files below a folder, as paths relative to `data/`; the corpora stand as folders.
fn files(folder: &Path, base: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("data/ can be read") {
        let path = entry.expect("an entry can be read").path();
        let name = path.strip_prefix(base).expect("below data/").to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            if name != "samples" && name != "corpus" {
                files(&path, base, found);
            }
        } else if name != "README.md" {
            found.push(name);
        }
    }
}

#[test]
fn the_readme_of_the_data_names_every_file() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let readme = std::fs::read_to_string(data.join("README.md")).expect("data/README.md");
    let mut found = Vec::new();
    files(&data, &data, &mut found);
    let known = |file: &String| {
        let Some((folder, name)) = file.split_once('/') else {
            return readme.lines().any(|line| line.starts_with(&format!("| `{file}`")));
        };
        let row =
            |line: &str| line.starts_with(&format!("| `{folder}/")) && (line.contains(name) || line.contains(&format!("`{folder}/*.tsv`")));
        readme.lines().any(row)
    };
    let missing: Vec<&String> = found.iter().filter(|file| !known(file)).collect();
    assert!(found.len() > 20 && missing.is_empty(), "data/README.md does not say where these come from: {missing:?}");
}
