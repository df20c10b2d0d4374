//! Names of sources, and files on disk.

use super::*;

#[test]
fn names() {
    let name = |path: &str| Source::new(path, "").name();
    assert_eq!(name("specs/kore-ai.yaml"), "kore-ai");
    assert_eq!(name("a/Genesys Cloud_v2.openapi.json.gz"), "genesys-cloud-v2");
    assert_eq!(name("vendor/pets/openapi.yaml"), "pets");
    assert_eq!(name("../openapi.yaml"), "openapi");
    assert_eq!(name("1password.yml"), "api-1password");
    assert_eq!(name("日本.yaml"), "api");
    assert_eq!(name(&format!("a-{}-b.yaml", "word-".repeat(20))).len(), 55 + 1);
    assert_eq!(Source::new("x.yaml", "").named("other").name(), "other");
}

#[test]
fn gzip_is_unpacked_within_the_limit() {
    use std::io::Write;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&[b' '; 100_000]).unwrap();
    let packed = packed.finish().unwrap();
    assert!(packed.len() < 1000);
    assert_eq!(unpack(&packed, 100_000).map(|bytes| bytes.len()), Ok(100_000));
    assert!(unpack(&packed, 99_999).unwrap_err().contains("too large"));
    assert!(unpack(&packed[..50], 100_000).unwrap_err().contains("damaged"));
    assert!(unpack(b"0123456789", 5).is_err());
}

#[test]
fn files_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("specs/schemas")).unwrap();
    fs::create_dir_all(at("common")).unwrap();
    fs::write(at("specs/pets.yaml"), "a").unwrap();
    fs::write(at("specs/b.json"), "b").unwrap();
    fs::write(at("specs/.hidden.yaml"), "c").unwrap();
    fs::write(at("specs/notes.md"), "d").unwrap();
    fs::write(at("specs/schemas/pet.yaml"), "e").unwrap();
    fs::write(at("common/x.yaml"), "f").unwrap();

    let all = Source::open_folder(at("specs")).unwrap();
    assert_eq!(all.iter().map(Source::name).collect::<Vec<_>>(), ["b", "pets"]);
    let source = &all[1];
    assert_eq!(source.bytes(10).unwrap(), b"a");
    assert_eq!(source.fetch("schemas/pet.yaml", 10), Some(Ok(b"e".to_vec())));
    assert_eq!(source.fetch("schemas", 10), None);
    assert_eq!(source.fetch("none.yaml", 10), None);
    assert!(matches!(source.fetch("../common/x.yaml", 10), Some(Err(_))));
    assert!(!source.allows("../common/x.yaml"));

    let source = Source::open(at("specs/pets.yaml")).allow(at("common"));
    assert!(source.allows("../common/x.yaml") && !source.allows("../commons/x.yaml") && !source.allows("../x.yaml"));
    assert_eq!(source.fetch("../common/x.yaml", 10), Some(Ok(b"f".to_vec())));

    assert_eq!(Source::open(at("none.yaml")).bytes(10).unwrap_err(), "there is no such file");
    assert_eq!(Source::open(at("specs")).bytes(10).unwrap_err(), "this is a folder, not a file");
}

#[test]
fn settings_stand_beside() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let settings = |source: &Source| source.settings().map(|settings| settings.bytes(10).unwrap());
    for (name, text) in
        [("pets.yaml", "a"), ("more.json.gz", "b"), ("pets.toml", "p"), ("pets.overlay.yaml", "o"), ("other.toml", "q")]
    {
        fs::write(at(name), text).unwrap();
    }
    assert_eq!(settings(&Source::open(at("pets.yaml"))), Some(b"p".to_vec()));
    assert_eq!(settings(&Source::open(at("more.json.gz"))), None);
    assert_eq!(settings(&Source::open(at("pets.yaml")).read_settings(at("other.toml"))), Some(b"q".to_vec()));
    let beside = |source: &Source, path: &str| source.beside_settings(path).bytes(10);
    assert_eq!(beside(&Source::open(at("pets.yaml")), "pets.overlay.yaml"), Ok(b"o".to_vec()));
    assert_eq!(beside(&Source::open(at("pets.yaml")), "none.yaml"), Err("there is no such file".to_owned()));
    let stray = Source::open_folder(folder.path()).unwrap_err();
    assert!(stray.ends_with("other.toml: no description of that name stands beside these settings"), "{stray}");
    fs::rename(at("other.toml"), at("more.toml")).unwrap();
    let all = Source::open_folder(folder.path()).unwrap();
    assert_eq!(all.iter().map(Source::name).collect::<Vec<_>>(), ["more", "pets"]);
    assert_eq!(settings(&all[0]), Some(b"q".to_vec()));
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("specs")).unwrap();
    fs::write(folder.path().join("secret.yaml"), "s").unwrap();
    fs::write(folder.path().join("specs/a.yaml"), "a").unwrap();
    std::os::unix::fs::symlink("../secret.yaml", folder.path().join("specs/link.yaml")).unwrap();
    let source = Source::open(folder.path().join("specs/a.yaml"));
    assert!(matches!(source.fetch("link.yaml", 10), Some(Err(_))));
    let text = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n    A: {$ref: link.yaml}\n";
    fs::write(folder.path().join("specs/a.yaml"), text).unwrap();
    let outcome =
        crate::check(&[Source::open(folder.path().join("specs/a.yaml"))], &crate::settings::Config::default());
    let told = outcome.findings.iter().map(|found| (found.code.id(), found.line, found.message.as_str()));
    let why = "`link.yaml`: the file is a link that leads out of the folder";
    assert_eq!(told.collect::<Vec<_>>(), [("OA0001", 6, why)]);
}
