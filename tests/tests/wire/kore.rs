//! Each operation of the Kore.ai Public API.

use super::support::{JWT, expect, expect_all_called, kore};
use automation_clients::Value;
use automation_clients::kore_ai::models;
use clientsmith_tests::server::Server;

fn query(field: &str, operand: models::Operand, value: models::ExpressionValue) -> models::TableQuery {
    models::TableQuery {
        expressions: Some(vec![models::Expression::new(field, operand, value)]),
        operator: Some(models::TableQueryOperator::And),
        ..Default::default()
    }
}

#[tokio::test]
async fn every_operation() {
    let server = Server::start().await;
    let client = kore(&server);
    let mut all = Vec::new();

    // A POST that only reads; an enum of signs; a union of scalars.
    let asked = query("lastName", models::Operand::Ne, models::ExpressionValue::Text("Roe".to_owned()));
    let body = models::QueryTableRequest { query: Some(asked), ..Default::default() };
    let rows = client.query_table_data("My Table/1", &body).sys_limit(50).sys_offset(0).send().await.unwrap();
    assert_eq!(rows.query_result.as_ref().map(Vec::len), Some(2));
    let line = "POST /api/public/tables/My%20Table%2F1/query?sys_limit=50&sys_offset=0";
    let sent = r#"{"query":{"expressions":[{"field":"lastName","operand":"!=","value":"Roe"}],"operator":"and"}}"#;
    all.push(expect(&server, line, JWT, Some(sent)));

    // Free columns, in the order given.
    let row = [("First_Name", Value::from("Jane")), ("Number", 263.into())];
    let body = models::InsertTableRowRequest::new(row.into_iter().collect());
    let stored = client.insert_table_row("Customers", &body).send().await.unwrap();
    assert_eq!(stored.sys_id.as_deref(), Some("sys-00000000-0000-5000-8000-0000000000aa"));
    assert_eq!(stored.extra["Number"].as_i64(), Some(263));
    let sent = r#"{"data":{"First_Name":"Jane","Number":263}}"#;
    all.push(expect(&server, "POST /api/public/tables/Customers", JWT, Some(sent)));

    let asked = query("active", models::Operand::Eq, models::ExpressionValue::Bool(true));
    let body =
        models::UpdateTableRowsRequest::new(asked.clone(), [("Last_Name", Value::from("Smith"))].into_iter().collect());
    let changed = client.update_table_rows("Customers", &body).send().await.unwrap();
    assert_eq!(changed.n_modified, Some(1));
    let sent = r#"{"query":{"expressions":[{"field":"active","operand":"=","value":true}],"operator":"and"},"#
        .to_owned()
        + r#""data":{"Last_Name":"Smith"}}"#;
    all.push(expect(&server, "PUT /api/public/tables/Customers", JWT, Some(&sent)));

    // DELETE with a body.
    let asked = query("Number", models::Operand::Lt, models::ExpressionValue::Number(10.into()));
    let body = models::DeleteTableRowsRequest::new(asked);
    let deleted = client.delete_table_rows("Customers", &body).send().await.unwrap();
    assert_eq!(deleted.n_deleted, Some(1));
    let sent = r#"{"query":{"expressions":[{"field":"Number","operand":"<","value":10}],"operator":"and"}}"#;
    all.push(expect(&server, "DELETE /api/public/tables/Customers", JWT, Some(sent)));

    let logs = client.get_audit_logs().size(50).offset(0).from_date("2024-05-06").to_date("2024-05-07T07:08:09.101Z");
    let logs = logs.fetch_after("0123").send().await.unwrap();
    assert_eq!(logs.auditlogs.as_ref().map(Vec::len), Some(2));
    let line = "GET /api/public/auditlogs?size=50&offset=0&fromDate=2024-05-06\
        &toDate=2024-05-07T07%3A08%3A09.101Z&fetchAfter=0123";
    all.push(expect(&server, line, JWT, None));

    let widget = client.get_dashboard_widget_data("st-1", "Sales/Weekly report", "Types", "2024-05-01", "2024-05-31");
    let widget = widget.limit(50).send().await.unwrap();
    assert_eq!(widget.id.as_deref(), Some("wg-00000000-0000-5000-8000-0000000000bb"));
    let target = "/api/public/bot/st-1/dashboard/Sales%2FWeekly%20report/widget/Types\
        ?startDate=2024-05-01&endDate=2024-05-31&limit=50";
    all.push(expect(&server, &format!("GET {target}"), JWT, None));

    let filter = models::CustomFilter {
        filter_source: Some("userType".to_owned()),
        values: Some(vec!["newuser".to_owned()]),
        ..Default::default()
    };
    let body = models::WidgetQuery::new(vec![filter]);
    let (dashboard, from, to) = ("Sales/Weekly report", "2024-05-01", "2024-05-31");
    let widget = client.query_dashboard_widget_data("st-1", dashboard, "Types", from, to, &body).limit(50);
    assert_eq!(widget.send().await.unwrap().name.as_deref(), Some("Metric types"));
    let sent = r#"{"customFilters":[{"filterSource":"userType","values":["newuser"]}]}"#;
    all.push(expect(&server, &format!("POST {target}"), JWT, Some(sent)));

    let mut body =
        models::CreateUsersRequest::new(vec![models::NewUser::new(models::NewUserInfo::new("j@example.com"))]);
    body.send_email = Some(false);
    let result = client.create_users(&body).send().await.unwrap();
    assert_eq!(result.msg.as_deref(), Some("Users are created Successfully"));
    let sent = r#"{"users":[{"userInfo":{"emailId":"j@example.com"}}],"sendEmail":false}"#;
    all.push(expect(&server, "POST /api/public/users", JWT, Some(sent)));

    let info = models::UserUpdateInfo { org_user_id: Some("org-1".to_owned()), ..Default::default() };
    let roles =
        models::RoleChanges { remove_from: Some(vec![models::RoleAssignment::new("0123")]), ..Default::default() };
    let mut user = models::UserUpdate::new(info);
    user.roles = Some(roles);
    let body = models::UpdateUsersRequest::new(vec![user]);
    let result = client.update_users(&body).send().await.unwrap();
    assert_eq!(result.msg.as_deref(), Some("Users are updated Successfully"));
    let sent = r#"{"users":[{"userInfo":{"orgUserId":"org-1"},"roles":{"removeFrom":[{"roleId":"0123"}]}}]}"#;
    all.push(expect(&server, "PUT /api/public/users", JWT, Some(sent)));

    let body = models::RemoveUsersRequest {
        delete_email_ids: Some(vec!["jane@example.com".to_owned()]),
        ..Default::default()
    };
    let result = client.remove_users(&body).send().await.unwrap();
    assert_eq!(result.msg.as_deref(), Some("Users are removed Successfully"));
    all.push(expect(&server, "DELETE /api/public/users", JWT, Some(r#"{"deleteEmailIds":["jane@example.com"]}"#)));

    // An enum value with a space; a bare list back.
    let mut body = models::UsersInfoRequest::new(vec!["jane@example.com".to_owned()]);
    body.status = Some(models::UsersInfoRequestStatus::NotActive);
    let users = client.get_users_info(&body).send().await.unwrap();
    assert_eq!(users.len(), 2);
    let sent = r#"{"emailIds":["jane@example.com"],"status":"not active"}"#;
    all.push(expect(&server, "POST /api/public/usersInfo", JWT, Some(sent)));

    expect_all_called("kore-ai", &all);
}
