//! Descriptions as they come in: from disk (this is the only module that reads one, beside [`output`](crate::output))
//! or from memory.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use crate::load::uri;

/// Hands out the files that a description refers to.
///
/// Implemented for maps in memory, and by [`Source::open`] for folders. A path is relative to the folder of the
/// description, with `/`; it starts with `../` only for what [`Source::allow`] names.
pub trait Fetch: Send + Sync {
    /// The bytes of a file, `None` when there is no such file, or why it cannot be read.
    fn fetch(&self, path: &str) -> Option<Result<Vec<u8>, String>>;
}

impl Fetch for BTreeMap<String, Vec<u8>> {
    fn fetch(&self, path: &str) -> Option<Result<Vec<u8>, String>> {
        self.get(path).cloned().map(Ok)
    }
}

/// One description to generate from: its main file, and a way to the files that it refers to.
///
/// # Example
/// ```
/// use clientsmith::source::Source;
///
/// let source = Source::new("pets.yaml", "openapi: 3.0.3\npaths: {$ref: 'paths.yaml'}")
///     .with_file("paths.yaml", "{}");
/// assert_eq!(source.name(), "pets");
/// ```
#[derive(Clone)]
pub struct Source {
    /// Path as it is shown, with `/`.
    pub path: String,
    name: Option<String>,
    content: Result<Arc<[u8]>, String>,
    memory: BTreeMap<String, Vec<u8>>,
    folder: Option<Arc<dyn Fetch>>,
    allowed: Vec<String>,
    settings: Option<Attached>,
    overlays: Vec<Attached>,
}

/// A file that goes with a description without being a part of it.
#[derive(Clone)]
pub(crate) struct Attached {
    /// Path as it is shown, with `/`.
    pub path: String,
    content: Result<Arc<[u8]>, String>,
}

impl Attached {
    fn open(path: &Path) -> Self {
        Self { path: shown(path), content: read(path).map(Into::into) }
    }
    /// Its bytes, unpacked.
    pub fn bytes(&self, limit: usize) -> Result<Vec<u8>, String> {
        unpack(self.content.as_ref().map_err(Clone::clone)?, limit)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("path", &self.path).field("name", &self.name).finish_non_exhaustive()
    }
}

impl Source {
    /// A description in memory.
    pub fn new(path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        let content = Ok(content.into().into());
        Self {
            path: path.into(),
            name: None,
            content,
            memory: BTreeMap::new(),
            folder: None,
            allowed: Vec::new(),
            settings: None,
            overlays: Vec::new(),
        }
    }

    /// Reads a description from disk; files packed with gzip are unpacked. A file that cannot be read becomes a
    /// diagnostic when the source is loaded.
    ///
    /// Settings are picked up where they stand beside it: `pets.toml` for `pets.yaml`.
    pub fn open(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let Attached { path: shown, content } = Attached::open(path);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let folder = Folder { root: folder.to_owned(), allowed: Vec::new() };
        let settings = settings_of(path);
        Self {
            folder: Some(Arc::new(folder)),
            settings: settings.is_file().then(|| Attached::open(&settings)),
            content,
            ..Self::new(shown, "")
        }
    }

    /// Reads every description of a folder (`*.yaml`, `*.yml`, `*.json`), sorted by path. Hidden files are passed over,
    /// and so are overlays (`*.overlay.yaml`), which settings name.
    ///
    /// # Errors
    /// When the folder cannot be read, or holds settings (`*.toml`) that belong to no description.
    pub fn open_folder(folder: impl AsRef<Path>) -> Result<Vec<Self>, String> {
        let folder = folder.as_ref();
        let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
        let mut paths = Vec::new();
        let mut settings = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
            let plain = name.strip_suffix(".gz").unwrap_or(&name);
            let stem = [".yaml", ".yml", ".json"].iter().find_map(|extension| plain.strip_suffix(extension));
            if name.starts_with('.') || !path.is_file() {
                continue;
            }
            if stem.is_some_and(|stem| !stem.ends_with(".overlay")) {
                paths.push(path);
            } else if name.ends_with(".toml") {
                settings.push(path);
            }
        }
        paths.sort();
        settings.sort();
        if let Some(stray) = settings.iter().find(|settings| !paths.iter().any(|path| settings_of(path) == **settings))
        {
            return Err(format!("{}: no description of that name stands beside these settings", stray.display()));
        }
        Ok(paths.into_iter().map(Self::open).collect())
    }

    /// Whether a folder is there.
    pub(crate) fn is_folder(path: &Path) -> bool {
        path.is_dir()
    }

    /// Adds a file that the description may refer to, by its path from the folder of the description.
    #[must_use]
    pub fn with_file(mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        self.memory.insert(path.into(), content.into());
        self
    }

    /// Gives it settings that are in memory; the format is that of the TOML file beside a description.
    ///
    /// # Example
    /// ```
    /// use clientsmith::source::Source;
    ///
    /// let source = Source::new("pets.yaml", "openapi: 3.0.3").with_settings("pets.toml", "name = 'pet-shop'");
    /// ```
    #[must_use]
    pub fn with_settings(mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        self.settings = Some(Attached { path: path.into(), content: Ok(content.into().into()) });
        self
    }

    /// Reads its settings from another file than the one beside it.
    #[must_use]
    pub fn read_settings(mut self, path: impl AsRef<Path>) -> Self {
        self.settings = Some(Attached::open(path.as_ref()));
        self
    }

    /// Adds an overlay that is in memory. Those that the settings name are applied first.
    #[must_use]
    pub fn with_overlay(mut self, path: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        self.overlays.push(Attached { path: path.into(), content: Ok(content.into().into()) });
        self
    }

    /// Reads an overlay from disk. Those that the settings name are applied first.
    #[must_use]
    pub fn read_overlay(mut self, path: impl AsRef<Path>) -> Self {
        self.overlays.push(Attached::open(path.as_ref()));
        self
    }

    /// Gives the API a name other than that of the file.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Lets references read another folder than the one of the description.
    ///
    /// For a source from disk the folder is a path of the file system; for one in memory it is relative to the folder
    /// of the description, such as `../common`.
    #[must_use]
    pub fn allow(mut self, folder: impl AsRef<Path>) -> Self {
        let folder = folder.as_ref();
        if self.folder.is_none() {
            self.allowed.push(uri::normal(&folder.to_string_lossy().replace('\\', "/")));
            return self;
        }
        let own = Path::new(&self.path).parent().filter(|own| !own.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let (Ok(own), Ok(other)) = (own.canonicalize(), folder.canonicalize()) {
            self.allowed.push(relative(&own, &other));
            let allowed =
                self.allowed.iter().map(|folder| own.join(folder)).filter_map(|folder| folder.canonicalize().ok());
            self.folder = Some(Arc::new(Folder { allowed: allowed.collect(), root: own }));
        }
        self
    }

    /// The API's own name in the output, such as `kore-ai`: as given, else made from the name of the file. Files whose
    /// name says nothing (`openapi.yaml`) give the name of their folder.
    pub fn name(&self) -> String {
        if let Some(name) = &self.name {
            return name.clone();
        }
        let mut parts = self.path.rsplit('/');
        let file = plain(parts.next().unwrap_or_default());
        let empty = ["", "openapi", "swagger", "api", "spec", "index", "main", "root", "schema", "api-docs"]
            .contains(&file.as_str());
        let folder =
            parts.find(|part| !matches!(*part, "" | "." | "..")).map(plain).filter(|folder| !folder.is_empty());
        match folder {
            Some(folder) if empty => folder,
            _ if file.is_empty() => "api".to_owned(),
            _ => file,
        }
    }

    /// The name that was given, which wins over that of the settings.
    pub(crate) fn given_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The settings.
    pub(crate) fn settings(&self) -> Option<&Attached> {
        self.settings.as_ref()
    }

    /// The overlays beside those that the settings name.
    pub(crate) fn overlays(&self) -> &[Attached] {
        &self.overlays
    }

    /// A file that the settings name by its path from their own folder. They are the user's own, so they may name any.
    pub(crate) fn beside_settings(&self, path: &str) -> Attached {
        let own = self.settings.as_ref().map_or(self.path.as_str(), |settings| &settings.path);
        let joined = if path.starts_with('/') { path.to_owned() } else { format!("{}{path}", uri::folder(own)) };
        let shown = uri::normal(&joined);
        if self.folder.is_some() {
            return Attached::open(Path::new(&shown));
        }
        let content = self.memory.get(path).map(|bytes| bytes.as_slice().into());
        Attached { path: shown, content: content.ok_or_else(|| "there is no such file".to_owned()) }
    }

    /// The unpacked main file.
    pub(crate) fn bytes(&self, limit: usize) -> Result<Vec<u8>, String> {
        let content = self.content.as_ref().map_err(Clone::clone)?;
        unpack(content, limit)
    }

    /// A file that the description refers to.
    pub(crate) fn fetch(&self, path: &str, limit: usize) -> Option<Result<Vec<u8>, String>> {
        let packed = format!("{path}.gz");
        let files = [Some(&self.memory as &dyn Fetch), self.folder.as_deref()];
        let found = files.into_iter().flatten().find_map(|files| files.fetch(path).or_else(|| files.fetch(&packed)))?;
        Some(found.and_then(|bytes| unpack(&bytes, limit)))
    }

    /// Whether a path above the folder of the description may be read.
    pub(crate) fn allows(&self, path: &str) -> bool {
        self.allowed.iter().any(|folder| {
            let inside = path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
            // What lies above even the allowed folder starts with more steps upwards than that has.
            inside && !path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with("/../"))
        })
    }
}

/// Files below a folder of the disk.
struct Folder {
    root: PathBuf,
    allowed: Vec<PathBuf>,
}

impl Fetch for Folder {
    fn fetch(&self, path: &str) -> Option<Result<Vec<u8>, String>> {
        let full = self.root.join(path).canonicalize().ok()?;
        // A link inside the folder may lead out of it.
        let inside = self.root.canonicalize().is_ok_and(|root| full.starts_with(root))
            || self.allowed.iter().any(|folder| full.starts_with(folder));
        match inside {
            true if full.is_dir() => None,
            true => Some(read(&full)),
            false => Some(Err("the file is a link that leads out of the folder".to_owned())),
        }
    }
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// Where the settings of a description are: `pets.toml` for `pets.yaml` and `pets.json.gz`.
pub(crate) fn settings_of(path: &Path) -> PathBuf {
    let plain = if path.extension().is_some_and(|extension| extension == "gz") {
        path.with_extension("")
    } else {
        path.to_owned()
    };
    plain.with_extension("toml")
}

/// No file is read beyond this size, so that a device that never ends does not fill the memory.
const LARGEST: u64 = 1 << 30;

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let file = fs::File::open(path).map_err(|error| reason(&error))?;
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    Ok(bytes)
}

/// Why the system refuses, in words that do not change from system to system.
fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "the file may not be read".to_owned(),
        ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    }
}

/// Undoes gzip, which is told by its first bytes.
fn unpack(bytes: &[u8], limit: usize) -> Result<Vec<u8>, String> {
    let large = || "the files of the description are too large together".to_owned();
    if !bytes.starts_with(&[0x1F, 0x8B]) {
        return if bytes.len() > limit { Err(large()) } else { Ok(bytes.to_vec()) };
    }
    let mut out = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    MultiGzDecoder::new(bytes)
        .take(most)
        .read_to_end(&mut out)
        .map_err(|error| format!("the gzip data is damaged: {error}"))?;
    if out.len() > limit { Err(large()) } else { Ok(out) }
}

/// Longest name that is made from a file's; registries end at 64.
const LONGEST: usize = 56;

/// A name of small letters, digits and single hyphens; endings such as `.yaml.gz` and `.openapi.json` are dropped.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let mut stem = lower.as_str();
    for ending in [".gz", ".json", ".yaml", ".yml", ".openapi", ".swagger", ".oas", ".openapi3", ".oas3"] {
        stem = stem.strip_suffix(ending).filter(|rest| !rest.is_empty()).unwrap_or(stem);
    }
    let mut name = String::new();
    for word in stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if name.len() + word.len() > LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('-');
        }
        name.push_str(word);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("api-{name}") } else { name }
}

/// The way from one folder to another, both absolute.
fn relative(from: &Path, to: &Path) -> String {
    let from: Vec<_> = from.components().collect();
    let to: Vec<_> = to.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from.iter().skip(shared).map(|_| "..".to_owned());
    let down = to.iter().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests;
