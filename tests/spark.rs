//! The Spark job of `examples/spark` on a local cluster, against one machine. It needs Java, and a
//! Python with PySpark, pandas and pyarrow (`DATELINE_PYTHON`, or `python3`); where one is missing
//! the test says so in a line and ends; with `DATELINE_NO_SKIP=1`, as in `.ci/run`, it fails.

use std::process::Command;

#[test]
fn a_cluster_that_loses_an_executor_finds_what_one_machine_finds() {
    let python = std::env::var("DATELINE_PYTHON").unwrap_or_else(|_| "python3".into());
    let has = |program: &str, words: &[&str]| Command::new(program).args(words).output().is_ok_and(|run| run.status.success());
    for (what, there) in [
        ("Java", has("java", &["-version"])),
        ("Python with PySpark, pandas and pyarrow", has(&python, &["-c", "import pyspark, pandas, pyarrow"])),
    ] {
        if !there {
            assert!(std::env::var_os("DATELINE_NO_SKIP").is_none_or(|value| value.is_empty()), "{what} is missing");
            eprintln!("skipped: {what} is missing");
            return;
        }
    }
    let test = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/spark/test.py");
    let run = Command::new(&python).args([test, env!("CARGO_BIN_EXE_dateline")]).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success() && out.contains("each once and as on one machine"), "{out}{err}");
    assert!(out.contains("executor killed: True"), "{out}");
}
