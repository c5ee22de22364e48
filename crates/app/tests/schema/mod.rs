//! Whether an answer has the shape the document gives it.

use serde_json::Value;

/// Checks an answer against the document's shape for it.
///
/// # Panics
/// Where it differs; the message says where.
pub fn check(document: &Value, path: &str, method: &str, status: &str, answer: &Value) {
    let shape = &document["paths"][path][method]["responses"][status]["content"]["application/json"]
        ["schema"];
    assert!(
        !shape.is_null(),
        "{method} {path} {status} is not described"
    );
    fits(
        document,
        shape,
        answer,
        &format!("{method} {path} {status}"),
    );
}

fn fits(document: &Value, shape: &Value, value: &Value, at: &str) {
    if let Some(name) = shape["$ref"].as_str() {
        let pointer = name.trim_start_matches('#');
        let target = document
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{at}: {name} is missing"));
        return fits(document, target, value, at);
    }
    if let Some(ways) = shape["oneOf"].as_array() {
        let null = |way: &Value| way["type"] == "null";
        if value.is_null() {
            assert!(ways.iter().any(null), "{at} is null");
        } else {
            let way = ways.iter().find(|way| !null(way)).expect("a shape");
            fits(document, way, value, at);
        }
        return;
    }
    let types: Vec<&str> = match &shape["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(types.contains(&is), "{at}: {value} is none of {types:?}");
    if let (Some("date"), Value::String(text)) = (shape["format"].as_str(), value) {
        assert!(
            plenum_rules::Day::parse(text).is_ok() && text.len() == 10,
            "{at}: {text} is no day"
        );
    }
    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
        fits(document, &shape["items"], item, &format!("{at}[{number}]"));
    }
    if let Value::Object(fields) = value {
        for (field, inner) in fields {
            let shape = &shape["properties"][field];
            assert!(!shape.is_null(), "{at}.{field} is not described");
            fits(document, shape, inner, &format!("{at}.{field}"));
        }
        for needed in shape["required"].as_array().into_iter().flatten() {
            let needed = needed.as_str().expect("a name");
            assert!(fields.contains_key(needed), "{at}.{needed} is missing");
        }
    }
}
