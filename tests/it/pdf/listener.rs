//! Follows a file's structure tree as a screen reader does, and proves it on the way.

use super::reader::{File, Parser, Value, utf16};
use std::collections::{BTreeMap, BTreeSet};

/// What a screen reader says: role and text of each element, in reading order.
pub type Said = Vec<(String, String)>;

pub struct Listener<'a> {
    file: &'a File,
    fonts: BTreeMap<String, BTreeMap<u16, String>>,
    /// Text by page object and content number.
    spoken: BTreeMap<(u32, i64), String>,
    /// Text outside the structure, by page object.
    pub artifacts: BTreeMap<u32, String>,
    parents: BTreeMap<i64, Value>,
    met: BTreeSet<(u32, i64)>,
}

impl<'a> Listener<'a> {
    pub fn new(file: &'a File) -> Self {
        let mut listener = Self {
            file,
            fonts: BTreeMap::new(),
            spoken: BTreeMap::new(),
            artifacts: BTreeMap::new(),
            parents: BTreeMap::new(),
            met: BTreeSet::new(),
        };
        let root = file.resolve(&file.catalog().dict()["StructTreeRoot"]);
        let tree = file.resolve(&root.dict()["ParentTree"]);
        listener.number_tree(tree, None);
        let next = root.dict()["ParentTreeNextKey"].number();
        let keys: Vec<i64> = listener.parents.keys().copied().collect();
        assert_eq!(keys, (0..next).collect::<Vec<_>>());
        for page in file.pages() {
            listener.page(page);
        }
        listener
    }

    fn number_tree(&mut self, node: &Value, within: Option<(i64, i64)>) {
        let limits = node.get("Limits").map(|l| (l.array()[0].number(), l.array()[1].number()));
        assert_eq!(limits.is_some(), within.is_some(), "only the root has no limits");
        if let Some(kids) = node.get("Kids") {
            for kid in kids.array() {
                self.number_tree(self.file.resolve(kid), Some(limits.unwrap_or((0, i64::MAX))));
            }
        }
        if let Some(numbers) = node.get("Nums") {
            for pair in numbers.array().chunks(2) {
                let key = pair[0].number();
                let (low, high) = limits.unwrap();
                assert!((low..=high).contains(&key));
                assert!(self.parents.insert(key, pair[1].clone()).is_none());
            }
        }
    }

    fn page(&mut self, page: u32) {
        let dict = self.file.objects[&page].dict();
        let resources = self.file.resolve(&dict["Resources"]);
        for (name, font) in resources.dict()["Font"].dict() {
            if !self.fonts.contains_key(name) {
                let font = self.file.resolve(font);
                let Value::Stream(_, map) = self.file.resolve(&font.dict()["ToUnicode"]) else {
                    panic!("no map")
                };
                self.fonts.insert(name.clone(), unicode_map(map));
            }
        }
        let mut content = Vec::new();
        for stream in self.file.contents(page) {
            let Value::Stream(_, data) = &self.file.objects[&stream] else { panic!("no stream") };
            content.extend_from_slice(data);
            content.push(b'\n');
        }
        self.content(page, &content);
        // Numbers 0 to n, each once, each with its element.
        let elements = self.parents[&dict["StructParents"].number()].array().len() as i64;
        let numbers: Vec<i64> =
            self.spoken.range((page, 0)..).take_while(|e| e.0.0 == page).map(|e| e.0.1).collect();
        assert_eq!(numbers, (0..elements).collect::<Vec<_>>());
    }

    fn content(&mut self, page: u32, content: &[u8]) {
        let mut parser = Parser::at(content, 0);
        let mut operands: Vec<Value> = Vec::new();
        // What each open marked content is: a number, an artifact, or a span with its own text.
        let mut open: Vec<Mark> = Vec::new();
        let mut font = String::new();
        while parser.more() {
            let operator = match parser.value() {
                Value::Operator(operator) => operator,
                operand => {
                    operands.push(operand);
                    continue;
                }
            };
            match operator.as_str() {
                "BMC" => open.push(Mark::Artifact),
                "BDC" => {
                    let properties = operands[1].dict();
                    if let Some(number) = properties.get("MCID") {
                        let number = number.number();
                        let fresh = self.spoken.insert((page, number), String::new()).is_none();
                        assert!(fresh, "number {number} twice on a page");
                        open.push(Mark::Number(number));
                    } else {
                        let said = properties["ActualText"].text();
                        self.say(page, &open, &said);
                        open.push(Mark::Replaced);
                    }
                }
                "EMC" => assert!(open.pop().is_some()),
                "Tf" => font = operands[0].name().to_owned(),
                "Tj" => {
                    let said = self.decode(&font, &operands[0]);
                    self.say(page, &open, &said);
                }
                "TJ" => {
                    for item in operands[0].array() {
                        if let Value::Text(_) = item {
                            let said = self.decode(&font, item);
                            self.say(page, &open, &said);
                        }
                    }
                }
                "BT" | "ET" | "Td" | "Ts" | "g" | "re" | "f" | "q" | "Q" | "cm" | "Do" => {}
                other => panic!("operator {other}"),
            }
            operands.clear();
        }
        assert!(open.is_empty());
    }

    fn say(&mut self, page: u32, open: &[Mark], said: &str) {
        match open {
            [Mark::Number(number)] => {
                if let Some(text) = self.spoken.get_mut(&(page, *number)) {
                    text.push_str(said);
                }
            }
            [Mark::Artifact] => self.artifacts.entry(page).or_default().push_str(said),
            [_, Mark::Replaced] => {}
            _ => panic!("text outside of any mark: {said}"),
        }
    }

    fn decode(&self, font: &str, codes: &Value) -> String {
        let Value::Text(codes) = codes else { panic!("no codes") };
        assert!(codes.len().is_multiple_of(2));
        codes
            .chunks(2)
            .map(|code| self.fonts[font][&u16::from_be_bytes(code.try_into().unwrap())].as_str())
            .collect()
    }

    /// The whole tree; elements without text of their own are left out.
    pub fn listen(&mut self) -> Said {
        let mut said = Vec::new();
        let root = self.file.catalog().dict()["StructTreeRoot"].reference();
        for kid in self.file.objects[&root].dict()["K"].array() {
            self.element(kid.reference(), root, &mut said);
        }
        let all: BTreeSet<_> = self.spoken.keys().copied().collect();
        assert_eq!(self.met, all, "content that no element has");
        said
    }

    fn element(&mut self, number: u32, parent: u32, said: &mut Said) {
        let element = self.file.objects[&number].dict();
        assert_eq!(element["P"].reference(), parent);
        let role = element["S"].name().to_owned();
        let place = said.len();
        let mut text =
            element.get("Alt").map(|alt| format!("[{}]", alt.text())).unwrap_or_default();
        let kids = match element.get("K") {
            Some(Value::Array(kids)) => kids.clone(),
            Some(kid) => vec![kid.clone()],
            None => Vec::new(),
        };
        for kid in kids {
            match &kid {
                Value::Ref(child) => self.element(*child, number, said),
                Value::Number(mcid) => {
                    text.push_str(&self.met(number, element["Pg"].reference(), *mcid as i64));
                }
                Value::Dict(dict) if dict["Type"].name() == "MCR" => {
                    let page = dict["Pg"].reference();
                    text.push_str(&self.met(number, page, dict["MCID"].number()));
                }
                Value::Dict(dict) => {
                    assert_eq!(dict["Type"].name(), "OBJR");
                    let annotation = self.file.objects[&dict["Obj"].reference()].dict();
                    assert_eq!(annotation["P"], dict["Pg"]);
                    let key = annotation["StructParent"].number();
                    assert_eq!(self.parents[&key].reference(), number);
                    let page = &self.file.objects[&dict["Pg"].reference()];
                    assert!(page.dict()["Annots"].array().contains(&dict["Obj"]));
                    let Value::Text(url) = &annotation["A"].dict()["URI"] else { panic!() };
                    text.push_str(&format!("<{}>", String::from_utf8_lossy(url)));
                }
                other => panic!("kid {other:?}"),
            }
        }
        if !text.is_empty() {
            said.insert(place, (role, text));
        }
    }

    /// The text of a piece of content, which must say that it belongs to this element.
    fn met(&mut self, element: u32, page: u32, mcid: i64) -> String {
        assert!(self.met.insert((page, mcid)), "content read twice");
        let key = self.file.objects[&page].dict()["StructParents"].number();
        assert_eq!(self.parents[&key].array()[mcid as usize].reference(), element);
        self.spoken[&(page, mcid)].clone()
    }
}

enum Mark {
    Number(i64),
    Artifact,
    Replaced,
}

/// Reads `bfchar` lines.
fn unicode_map(map: &[u8]) -> BTreeMap<u16, String> {
    let map = std::str::from_utf8(map).unwrap();
    let entries = map.lines().skip_while(|line| !line.ends_with("beginbfchar"));
    entries
        .filter_map(|line| {
            let (code, text) = line.strip_prefix('<')?.strip_suffix('>')?.split_once("> <")?;
            let byte = |i: usize| u8::from_str_radix(&text[i..i + 2], 16).unwrap();
            let bytes: Vec<u8> = (0..text.len()).step_by(2).map(byte).collect();
            Some((u16::from_str_radix(code, 16).unwrap(), utf16(&bytes)))
        })
        .collect()
}
