//! Where the objects of a PDF lie, and how to get at them.

pub mod filter;
mod indirect;
pub mod object;
mod places;
pub mod strings;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use filter::Unpacked;
use indirect::{indirect, objects_of};
use object::{Dict, Object, Stream};
use places::{Place, Places};

use super::crypt::Cipher;
use crate::decode::failure::DecodeFailure;

/// A reference may lead to a reference, but not for ever.
const LONGEST_CHAIN: usize = 32;

/// The objects of one object stream, with their numbers.
type PackedObjects = Rc<Vec<(u32, Object)>>;

/// An opened file.
pub struct File<'a> {
    bytes: &'a [u8],
    places: Places,
    /// What a search of the whole file finds, where the list of places lies.
    found: OnceCell<Places>,
    cipher: Option<Cipher>,
    objects: RefCell<HashMap<u32, Object>>,
    packed: RefCell<HashMap<u32, PackedObjects>>,
    bytes_left: Cell<usize>,
}

impl<'a> File<'a> {
    /// # Errors
    /// It has no list of pages in any form, or needs a password.
    pub fn open(bytes: &'a [u8], limit: u64) -> Result<Self, DecodeFailure> {
        let start = bytes.windows(5).take(1024).position(|window| window == b"%PDF-").unwrap_or(0);
        let bytes = &bytes[start..];
        let mut file = Self {
            bytes,
            places: places::stated(bytes).unwrap_or_default(),
            found: OnceCell::new(),
            cipher: None,
            objects: RefCell::default(),
            packed: RefCell::default(),
            bytes_left: Cell::new(usize::try_from(limit).unwrap_or(usize::MAX)),
        };
        if file.catalogue().is_none() {
            file.places = places::searched(bytes);
            file.objects.borrow_mut().clear();
        }
        if let Some(encryption) = file.places.trailer.get("Encrypt").map(|object| file.resolved(object)) {
            let dict = encryption.dict().cloned().unwrap_or_default();
            let dict = dict.into_iter().map(|(key, value)| (key, file.resolved(&value))).collect();
            let identity = file.places.trailer.get("ID").map(|list| file.resolved(list));
            let identity = match identity.as_ref().and_then(Object::list).and_then(<[Object]>::first) {
                Some(Object::Text(text)) => text.clone(),
                _ => Vec::new(),
            };
            file.cipher = Some(Cipher::open(&dict, &identity)?);
            file.objects.borrow_mut().clear();
            file.packed.borrow_mut().clear();
        }
        if file.catalogue().is_none() {
            return Err(DecodeFailure::damaged("it has no readable list of pages"));
        }
        Ok(file)
    }

    /// The root of the document.
    pub fn catalogue(&self) -> Option<Dict> {
        let root = self.resolved(self.places.trailer.get("Root")?);
        root.dict().filter(|root| root.contains_key("Pages")).cloned()
    }

    /// The object itself, behind any references.
    pub fn resolved(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..LONGEST_CHAIN {
            let Object::Reference(number) = object else { return object };
            object = self.object(number);
        }
        Object::Null
    }

    /// An entry of a dictionary, resolved; null where there is none.
    pub fn entry(&self, dict: &Dict, key: &str) -> Object {
        dict.get(key).map_or(Object::Null, |object| self.resolved(object))
    }

    /// The unpacked bytes of a stream; empty for a picture.
    pub fn unpacked(&self, stream: &Stream) -> Vec<u8> {
        let unpacked = self.unpacked_to_picture(stream);
        if unpacked.picture.is_none() { unpacked.bytes } else { Vec::new() }
    }

    /// The bytes of a stream as far as they are no packed picture.
    pub fn unpacked_to_picture(&self, stream: &Stream) -> Unpacked {
        let mut dict = stream.dict.clone();
        for key in ["Filter", "DecodeParms"] {
            let value = match self.entry(&dict, key) {
                Object::List(list) => Object::List(list.iter().map(|object| self.resolved(object)).collect()),
                value => value,
            };
            dict.insert(key.to_owned(), value);
        }
        let unpacked = filter::unpacked_to_picture(&dict, &stream.data, self.bytes_left.get());
        let counted = if unpacked.picture.is_none() { unpacked.bytes.len() } else { 0 };
        self.bytes_left.set(self.bytes_left.get().saturating_sub(counted));
        unpacked
    }

    /// It unpacked more than a document may.
    pub fn is_exhausted(&self) -> bool {
        self.bytes_left.get() == 0
    }

    fn object(&self, number: u32) -> Object {
        if let Some(known) = self.objects.borrow().get(&number) {
            return known.clone();
        }
        // What asks for itself while it is read is nothing.
        self.objects.borrow_mut().insert(number, Object::Null);
        let stated = self.places.places.get(&number).and_then(|place| self.read(number, *place));
        let object = stated.or_else(|| {
            let found = self.found.get_or_init(|| places::searched(self.bytes));
            found.places.get(&number).and_then(|place| self.read(number, *place))
        });
        let object = object.unwrap_or(Object::Null);
        self.objects.borrow_mut().insert(number, object.clone());
        object
    }

    fn read(&self, number: u32, place: Place) -> Option<Object> {
        match place {
            Place::At(at) => {
                let (found, generation, object) = indirect(self.bytes, at, |length| {
                    self.resolved(length).number().map(|length| length.max(0.0) as usize)
                })?;
                let object = (found == number).then_some(object)?;
                Some(match &self.cipher {
                    Some(cipher) => cipher.opened(object, number, generation),
                    None => object,
                })
            }
            Place::Inside(stream) if stream != number => {
                self.packed_objects(stream).iter().find(|(known, _)| *known == number).map(|(_, object)| object.clone())
            }
            Place::Inside(_) => None,
        }
    }

    /// The objects that a stream holds.
    fn packed_objects(&self, number: u32) -> PackedObjects {
        if let Some(known) = self.packed.borrow().get(&number) {
            return Rc::clone(known);
        }
        let objects = match self.object(number) {
            Object::Stream(stream) => objects_of(&stream.dict, &self.unpacked(&stream)),
            _ => Vec::new(),
        };
        let objects = Rc::new(objects);
        self.packed.borrow_mut().insert(number, Rc::clone(&objects));
        objects
    }
}
